// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.ledger.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.ledger.Hash;
import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notes against the example of the Go package that made them known. */
final class SignedNoteTest {
    private static final String KEY = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private static final String PRIVATE =
            "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private static final String TEXT = """
            If you think cryptography is the answer to your problem,
            then you don't know what your problem is.
            """;
    private static final String NOTE =
            TEXT + "\n\u2014 PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FF"
                    + "YC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private static final Hash ROOT = new Hash(1, 2, 3, 4);

    @Test
    void checksTheNoteOfAnother() {
        SignedNote note = SignedNote.parse(NOTE);

        assertThat(note.isSignedBy(LedgerPublicKey.parse(KEY))).isTrue();
        assertThat(note.text()).isEqualTo(TEXT);
    }

    @Test
    void signsTheSameBytesAsAnother() {
        LedgerKey key = LedgerKey.of(Secret.of(PRIVATE + "\n" + KEY));

        assertThat(SignedNote.sign(TEXT, key)).hasToString(NOTE);
    }

    @Test
    void noticesEveryChangedCharacter() {
        LedgerPublicKey key = LedgerPublicKey.parse(KEY);

        for (int i = 0; i < NOTE.length(); i++) {
            String changed = NOTE.substring(0, i) + (char) (NOTE.charAt(i) ^ 1) + NOTE.substring(i + 1);

            assertThat(isSigned(changed, key)).as("character %d", i).isFalse();
        }
    }

    private static boolean isSigned(String note, LedgerPublicKey key) {
        try {
            return SignedNote.parse(note).isSignedBy(key);
        } catch (InvalidValueException _) {
            return false;
        }
    }

    @Test
    void readsBackAKeyThatItMade() {
        Secret made = LedgerKey.make("hansard/ledger/node-1");

        LedgerKey key = LedgerKey.of(made);

        assertThat(LedgerPublicKey.parse(key.publicKey().toString())).isEqualTo(key.publicKey());
        assertThat(SignedNote.sign("x\n", key).isSignedBy(key.publicKey())).isTrue();
    }

    @Test
    void refusesHalvesThatDoNotBelongTogether() {
        String one = LedgerKey.make("n").reveal();
        String other = LedgerKey.make("n").reveal();
        var mixed = Secret.of(one.lines().findFirst().orElseThrow() + "\n"
                + other.lines().skip(1).findFirst().orElseThrow());

        assertThatThrownBy(() -> LedgerKey.of(mixed)).isInstanceOf(InvalidValueException.class);
    }

    @Test
    void isNotSignedByAKeyOfTheSameName() {
        LedgerKey one = LedgerKey.of(LedgerKey.make("n"));
        LedgerKey other = LedgerKey.of(LedgerKey.make("n"));

        assertThat(SignedNote.sign("x\n", one).isSignedBy(other.publicKey())).isFalse();
    }

    @Test
    void readsBackACheckpoint() {
        var head = new Checkpoint("hansard/ledger/node-1", 42, ROOT);

        assertThat(Checkpoint.parse(head.text())).isEqualTo(head);
        assertThat(Checkpoint.parse(head.text() + "an extension\n")).isEqualTo(head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\n1\n", "a\n-1\nx\n", "a\n01\nx\n", "\n1\nAAAA\n", "a\n1\nAAAA\n"})
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(InvalidValueException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "text\n", "text\n\nno dash\n", "text\n\n\u2014 name\n", "text\n\n\u2014 n AAAA"})
    void refusesWhatIsNoNote(String text) {
        assertThatThrownBy(() -> SignedNote.parse(text)).isInstanceOf(InvalidValueException.class);
    }
}
