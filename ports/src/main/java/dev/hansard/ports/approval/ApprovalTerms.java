// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import dev.hansard.ports.value.InvalidValueException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy asks of an approval.
 *
 * @param reviewers groups or roles, exactly as they are spelled elsewhere: who is in one of them may decide; empty for
 *     everybody whose role lets them decide for the service
 * @param count how many distinct people have to approve: 1 to {@value #MOST_COUNT}
 * @param hold how long a request waits on its connection; zero for not at all
 * @param expires when an approval is over that was not decided and used
 * @param window how long it lets the same caller repeat the method and path after the first use; null for not at all,
 *     so that it is good for one request
 * @since 0.1
 */
public record ApprovalTerms(
        List<String> reviewers,
        int count,
        Duration hold,
        Duration expires,
        @Nullable Duration window) {
    public static final int MOST_COUNT = 20;
    public static final int MOST_REVIEWERS = 64;
    public static final Duration LONGEST_HOLD = Duration.ofMinutes(10);
    public static final Duration LONGEST = Duration.ofDays(7);
    public static final Duration LONGEST_WINDOW = Duration.ofHours(24);

    /** Anybody who may decide, one of them; the caller waits a minute, the approval a quarter of an hour; once. */
    public static final ApprovalTerms USUAL =
            new ApprovalTerms(List.of(), 1, Duration.ofSeconds(60), Duration.ofMinutes(15), null);

    public ApprovalTerms {
        reviewers = List.copyOf(reviewers);
        if (reviewers.size() > MOST_REVIEWERS || count < 1 || count > MOST_COUNT) {
            throw new InvalidValueException("an approval has 1 to " + MOST_COUNT + " approvers, out of at most "
                    + MOST_REVIEWERS + " groups, but is to have " + count + " out of " + reviewers.size());
        }
        if (hold.isNegative() || hold.compareTo(LONGEST_HOLD) > 0) {
            throw new InvalidValueException("hold must be 0 to " + LONGEST_HOLD + ", but is " + hold);
        }
        if (!expires.isPositive() || expires.compareTo(LONGEST) > 0) {
            throw new InvalidValueException("expires must be positive and at most " + LONGEST + ", but is " + expires);
        }
        if (window != null && (!window.isPositive() || window.compareTo(LONGEST_WINDOW) > 0)) {
            throw new InvalidValueException(
                    "window must be positive and at most " + LONGEST_WINDOW + ", but is " + window);
        }
    }
}
