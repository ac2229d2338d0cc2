// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.exchange;

import dev.hansard.ports.value.SessionId;
import org.jspecify.annotations.Nullable;

/**
 * One admitted call, from its head to its end. The listener's thread for the exchange owns it, but for
 * {@link #requestBody} and {@link #requestEnd}, which the thread that pumps the request calls; it must have stopped
 * doing so before {@link #finish}. Order: {@link #ruling}, {@link #ready}, {@link #upstream}, then bytes,
 * {@link #respond} or {@link #fail}, and exactly one {@link #finish}.
 *
 * @since 0.1
 */
public interface Call {
    SessionId id();

    Service service();

    /** The canonical request-target in origin-form, as it is sent upstream and recorded. */
    String upstreamTarget();

    /** The plan for the request head; {@code Host} is always among the added fields, never among the kept. */
    HeadPlan requestPlan();

    /** What the policies say to its head. May block for as long as an approval takes. */
    Ruling ruling();

    /**
     * What they say to all of it, after {@link Ruling.NeedsContent}; never that again. May block likewise until the
     * caller goes away.
     *
     * @param body all of the content, which from here on does not change; null when the request has none
     */
    Ruling ruling(@Nullable RequestBody body);

    /** Before {@link #ruling(RequestBody)}, which may wait: how it can tell that the caller goes away. */
    default void watched(CallerWatch caller) {}

    /**
     * What looks at the request as it is sent, after {@link Ruling.Passes}; a new one for each attempt. Null when
     * nothing was approved.
     */
    default @Nullable OutgoingProof proof() {
        return null;
    }

    /**
     * Makes the intent durable when the service is strict: no upstream byte may be sent before it answers. Blocks no
     * longer than the record deadline.
     */
    Readiness ready();

    /** The upstream to try: the one that the service's balance picks; after {@link Readiness.Ready}. */
    UpstreamAddress upstream();

    /** That one cannot be reached: another one, which was not tried before; null when there is none. */
    @Nullable
    UpstreamAddress otherUpstream();

    /**
     * The upstream that was tried last did not do its part: it could not be reached, did not answer in time or not in
     * HTTP, or broke off. Never for what the caller did.
     */
    void upstreamFailed();

    /** Notes that the first byte is about to be sent upstream. */
    void sending();

    /**
     * Bytes of the request's content (decoded from its transfer coding) as they go upstream. Copies, never blocks on
     * I/O.
     */
    void requestBody(byte[] bytes, int offset, int length);

    /** The request's content is at its clean end; its trailer fields are recorded but not sent on. */
    void requestEnd(Fields trailers);

    /**
     * Whether the request may be sent once more, as {@link #requestPlan} and {@link #upstreamTarget} say from then on,
     * because the upstream has refused the credential that was put into it (401) and there is another version. To be
     * asked only where no byte of content was sent and the method is idempotent. True once at the most.
     */
    boolean tryAgain();

    /**
     * Who looks through this response before any of it goes to the caller; null when nothing was put into the request.
     * To be asked anew for each head, interim or final; asked before {@link #respond}.
     */
    @Nullable
    ResponseGuard guard(ResponseHead head);

    /** The final response's head. Recorded; the plan says what goes to the caller. */
    HeadPlan respond(ResponseHead head);

    /** An interim (1xx) response's head; it is not recorded. */
    HeadPlan interim(ResponseHead head);

    /** Bytes of the response's content as they go to the caller. Copies, never blocks on I/O. */
    void responseBody(byte[] bytes, int offset, int length);

    /**
     * The response's content is at its clean end.
     *
     * @return whether the trailer fields are sent on: the caller asked for them (TE: trailers)
     */
    boolean responseEnd(Fields trailers);

    /** Hansard answers in the upstream's place; recorded as the response. */
    void fail(Refusal refusal);

    /**
     * Ends the call and hands its record over. When the service is strict it blocks until the record is durable, no
     * longer than the record deadline: the last byte of the response is sent only after {@link Sealing#SEALED}.
     */
    Sealing finish(Ending ending);
}
