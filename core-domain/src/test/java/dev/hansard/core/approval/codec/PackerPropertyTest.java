// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.core.approval.rule.AnApproval;
import dev.hansard.ports.approval.Approval;
import dev.hansard.ports.approval.ApprovalState;
import dev.hansard.ports.approval.Requirement;
import dev.hansard.ports.approval.StoredApproval;
import dev.hansard.ports.approval.Vote;
import dev.hansard.ports.session.StorageException;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;

class PackerPropertyTest {
    @Property
    void readsBackWhatWasWritten(@ForAll @Size(max = 5) List<String> texts, @ForAll long number, @ForAll boolean flag) {
        ByteBuffer packed = new Packer()
                .texts(texts)
                .number(number)
                .flag(flag)
                .nullableText(null)
                .packed();

        List<Object> read = Unpacker.read(packed, "it", in -> {
            List<String> first = in.texts();
            return List.of(first, in.number(), in.flag(), in.nullableText() == null);
        });

        assertThat(read).isEqualTo(List.of(texts, number, flag, true));
    }

    @Property(tries = 200)
    void refusesWhatIsCutOrLonger(@ForAll @Size(min = 1, max = 5) List<String> texts, @ForAll byte more) {
        ByteBuffer packed = new Packer().texts(texts).packed();
        ByteBuffer longer = ByteBuffer.allocate(packed.remaining() + 1)
                .put(packed.duplicate())
                .put(more)
                .flip();
        for (int length = 0; length < packed.remaining(); length++) {
            ByteBuffer cut = packed.slice(0, length);

            assertThatThrownBy(() -> Unpacker.read(cut, "it", Unpacker::texts)).isInstanceOf(StorageException.class);
        }
        assertThatThrownBy(() -> Unpacker.read(longer, "it", Unpacker::texts)).isInstanceOf(StorageException.class);
    }

    @Example
    void readsBackApprovals() {
        Approval asked = AnApproval.askedFor(new Requirement("a", List.of("leads"), 2));
        Approval voted = asked.voted(
                        new Vote(
                                "corp", "ann\ud800\u0000", Vote.Verdict.APPROVE, "fine", AnApproval.NOON, List.of("a")),
                        ApprovalState.APPROVED)
                .to(ApprovalState.USED, "")
                .usedAt(AnApproval.NOON, asked.place().session());

        StoredApproval stored = ApprovalCodec.stored(voted);

        assertThat(ApprovalCodec.approval(stored)).isEqualTo(voted);
        assertThat(stored.state()).isEqualTo(ApprovalState.USED);
    }
}
