// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

/**
 * What the policies say of an admitted call.
 *
 * @since 0.1
 */
public sealed interface Ruling {
    /** It goes on. */
    enum Passes implements Ruling {
        PASSES
    }

    /** It stops here: {@link Call#fail} with this. Nothing of its content was read if the head was enough to tell. */
    record Stops(Refusal refusal) implements Ruling {}

    /**
     * It depends on the content: read all of it, hold it, and ask {@link Call#ruling(RequestBody)}.
     *
     * @param mostBytes more than this is not decided on: the call stops with {@link #tooLarge}
     */
    record NeedsContent(int mostBytes) implements Ruling {
        /** The refusal of a content with more bytes. */
        public Refusal tooLarge() {
            return new Refusal(
                    413,
                    "body_too_large_for_policy",
                    "A policy has to read the content of this request, which may have at most " + mostBytes
                            + " bytes for that; send less, or have decisions.body-bytes raised.");
        }
    }

    /**
     * It stops here for its caller, who has been told where to ask later on; the request is kept and may go on without
     * it.
     *
     * @param note what the record says, as {@link Call#fail} takes it
     * @param reply what the caller gets
     */
    record Parked(Refusal note, OwnDesk.Reply reply) implements Ruling {}
}
