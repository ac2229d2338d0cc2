// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.session.StorageException;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every key wrapper must do. */
public interface KeyWrapperContract {
    KeyWrapper wrapper();

    /** Gives the wrapper a newer key-encryption key. */
    void rotate();

    private static byte[] key(int seed) {
        byte[] key = new byte[KeyWrapper.KEY_BYTES];
        new Random(seed).nextBytes(key);
        return key;
    }

    @Test
    default void unwrapsWhatItWrapped() {
        WrappedKey wrapped = wrapper().wrap(key(1), "a");

        assertThat(wrapper().unwrap(wrapped, "a")).isEqualTo(key(1));
        assertThat(wrapped.wrappedBy()).isEqualTo(wrapper().current());
    }

    @Test
    default void showsNothingOfTheKey() {
        WrappedKey wrapped = wrapper().wrap(key(2), "a");

        assertThat(wrapped.text()).doesNotContain(Base64.getEncoder().encodeToString(key(2)));
        assertThat(wrapped.text()).isNotEqualTo(wrapper().wrap(key(2), "a").text());
    }

    @Test
    default void refusesAKeyForAnotherPurpose() {
        WrappedKey wrapped = wrapper().wrap(key(3), "a");

        assertThatThrownBy(() -> wrapper().unwrap(wrapped, "b")).isInstanceOf(StorageException.class);
    }

    @Test
    default void refusesAKeyOfSomebodyElse() {
        var foreign = new WrappedKey("other:1", "AAAA");

        assertThatThrownBy(() -> wrapper().unwrap(foreign, "a"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("other:1");
    }

    @Test
    default void unwrapsOldKeysAfterARotation() {
        WrappedKey before = wrapper().wrap(key(4), "a");
        rotate();
        WrappedKey after = wrapper().wrap(key(4), "a");

        assertThat(after.wrappedBy())
                .isNotEqualTo(before.wrappedBy())
                .isEqualTo(wrapper().current());
        assertThat(wrapper().unwrap(before, "a")).isEqualTo(key(4));
        assertThat(wrapper().unwrap(after, "a")).isEqualTo(key(4));
    }
}
