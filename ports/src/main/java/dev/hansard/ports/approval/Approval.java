// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.value.ApprovalId;
import dev.hansard.ports.value.NodeName;
import dev.hansard.ports.value.SessionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A held request and what became of it. Immutable: a change makes another one, with the next version.
 *
 * @param version 1 for a new one; grows by one with each change
 * @param request as people see it
 * @param message what the policy tells those who are asked; may be empty
 * @param requirements what each policy that asks wants; at least one
 * @param policyVersion of the policies that it was decided by
 * @param digest over all that will be forwarded, 64 hexadecimal digits, under a key that exists only while the request
 *     is held: it tells nothing about the content to those who do not have the key
 * @param votes in the order given
 * @param term when it began, and how long it lasts
 * @param place where the request is held and recorded
 * @param reason why it did not come to its good end, in one sentence; empty when it did or may still
 * @since 0.1
 */
public record Approval(
        ApprovalId id,
        long version,
        ApprovalState state,
        AskedRequest request,
        String message,
        List<Requirement> requirements,
        String policyVersion,
        String digest,
        List<Vote> votes,
        Term term,
        Place place,
        String reason) {
    public Approval {
        requirements = List.copyOf(requirements);
        votes = List.copyOf(votes);
    }

    /**
     * The times of an approval.
     *
     * @param expiresAt from then on it can be neither decided nor used
     * @param windowSeconds for how long the caller may repeat the method and path after the first use; 0 for not at all
     * @param standsUntil until when they may; null when they may not, or not yet
     * @param keepUntil until when it is kept at the least
     * @since 0.1
     */
    public record Term(
            Instant createdAt,
            Instant expiresAt,
            long windowSeconds,
            @Nullable Instant standsUntil,
            Instant keepUntil) {}

    /**
     * Where the request is.
     *
     * @param node the one that holds it
     * @param polled whether the caller has left its connection and polls; until then the request waits on it
     * @param session the record of the caller's request
     * @param sentAs the record of the request as the node sent it, when the caller did not wait; null when it was not
     *     sent, or within {@code session}
     * @since 0.1
     */
    public record Place(
            NodeName node,
            boolean polled,
            SessionId session,
            @Nullable SessionId sentAs) {
        /** The caller has left its connection. */
        public Place left() {
            return new Place(node, true, session, sentAs);
        }
    }

    /** The names of the policies that ask for it. */
    public List<String> policies() {
        return requirements.stream().map(Requirement::policy).toList();
    }

    /** Whether it lets the caller repeat the request at a time. */
    public boolean standsAt(Instant time) {
        boolean isGiven = state == ApprovalState.USED || state == ApprovalState.COLLECTED;
        return isGiven && term.standsUntil() != null && time.isBefore(term.standsUntil());
    }

    /** The next version, in another state. */
    public Approval to(ApprovalState next, String why) {
        return copy(next, votes, term, place, why);
    }

    /** The next version, with one more vote and what follows from it. */
    public Approval voted(Vote vote, ApprovalState next) {
        var all = new ArrayList<Vote>(votes);
        all.add(vote);
        return copy(next, all, term, place, reason);
    }

    /** The next version, whose request is somewhere else. */
    public Approval at(Place next) {
        return copy(state, votes, term, next, reason);
    }

    /** The next version, kept until another time. */
    public Approval keptUntil(Instant time) {
        return copy(
                state,
                votes,
                new Term(term.createdAt(), term.expiresAt(), term.windowSeconds(), term.standsUntil(), time),
                place,
                reason);
    }

    /** A new one whose caller does not wait. */
    public Approval polledFromTheStart() {
        return sameVersion(term, place.left());
    }

    /** The same version, used at a time. */
    public Approval usedAt(Instant now, @Nullable SessionId sentAs) {
        Instant stands = term.windowSeconds() == 0 ? null : now.plusSeconds(term.windowSeconds());
        var standing = new Term(term.createdAt(), term.expiresAt(), term.windowSeconds(), stands, term.keepUntil());
        return sameVersion(standing, new Place(place.node(), place.polled(), place.session(), sentAs));
    }

    /** The same version, without what {@link Term#standsUntil} lets the caller do. */
    public Approval notStanding() {
        return sameVersion(
                new Term(term.createdAt(), term.expiresAt(), term.windowSeconds(), null, term.keepUntil()), place);
    }

    private Approval sameVersion(Term newTerm, Place newPlace) {
        return new Approval(
                id,
                version,
                state,
                request,
                message,
                requirements,
                policyVersion,
                digest,
                votes,
                newTerm,
                newPlace,
                reason);
    }

    private Approval copy(ApprovalState next, List<Vote> newVotes, Term newTerm, Place newPlace, String why) {
        return new Approval(
                id,
                version + 1,
                next,
                request,
                message,
                requirements,
                policyVersion,
                digest,
                newVotes,
                newTerm,
                newPlace,
                why);
    }

    /** The same to those who may not read contents. */
    public Approval withoutContent() {
        return new Approval(
                id,
                version,
                state,
                request.withoutContent(),
                message,
                requirements,
                policyVersion,
                digest,
                votes,
                term,
                place,
                reason);
    }
}
