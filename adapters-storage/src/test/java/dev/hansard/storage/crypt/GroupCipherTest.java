// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.value.RetentionClass;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.storage.crypt.GroupCipher.Member;
import java.io.IOException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroupCipherTest {
    private static final KeyLabel LABEL =
            new KeyLabel(new ServiceName("payments"), new RetentionClass("default"), LocalDate.of(2026, 11, 23));
    private static final byte[] CONTEXT = {1, 2, 3};
    private static final byte[] CLEAR = {4, 5, 6, 7, 8};

    private static Member member(int id) {
        var key = new byte[32];
        Arrays.fill(key, (byte) id);
        return new Member(DataKey.of(id, LABEL, key, false), 4L * id);
    }

    @Test
    void opensWhatItHasSealed() throws IOException {
        List<Member> members = List.of(member(1), member(2));

        byte[] sealed = GroupCipher.seal(members, CONTEXT, CLEAR);

        assertThat(sealed).hasSize(CLEAR.length + GroupCipher.OVERHEAD);
        assertThat(GroupCipher.open(members, CONTEXT, sealed)).isEqualTo(CLEAR);
    }

    @Test
    void sealsTheSameInTheSameWayAndOtherThingsInOthers() {
        List<Member> members = List.of(member(1), member(2));

        byte[] sealed = GroupCipher.seal(members, CONTEXT, CLEAR);

        assertThat(GroupCipher.seal(members, CONTEXT, CLEAR)).isEqualTo(sealed);
        assertThat(GroupCipher.seal(members, CLEAR, CLEAR)).isNotEqualTo(sealed);
        byte[] other = GroupCipher.seal(members, CONTEXT, new byte[] {4, 5, 6, 7, 9});
        assertThat(Arrays.copyOfRange(other, 32, 36)).isNotEqualTo(Arrays.copyOfRange(sealed, 32, 36));
    }

    @Test
    void needsEveryKeyInItsPlace() {
        byte[] sealed = GroupCipher.seal(List.of(member(1), member(2)), CONTEXT, CLEAR);

        assertRefused(List.of(member(1)), CONTEXT, sealed);
        assertRefused(List.of(member(2)), CONTEXT, sealed);
        assertRefused(List.of(member(2), member(1)), CONTEXT, sealed);
        assertRefused(List.of(member(1), member(3)), CONTEXT, sealed);
        assertRefused(List.of(member(1), member(2)), CLEAR, sealed);
    }

    @Test
    void refusesWhatWasChanged() {
        byte[] sealed = GroupCipher.seal(List.of(member(1)), CONTEXT, CLEAR);
        for (int i = 0; i < sealed.length; i++) {
            byte[] changed = sealed.clone();
            changed[i] ^= 1;

            assertRefused(List.of(member(1)), CONTEXT, changed);
        }
        assertRefused(List.of(member(1)), CONTEXT, new byte[3]);
    }

    private static void assertRefused(List<Member> members, byte[] context, byte[] sealed) {
        assertThatThrownBy(() -> GroupCipher.open(members, context, sealed)).isInstanceOf(IOException.class);
    }
}
