// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.approval;

import java.util.List;

/**
 * What one policy asks of the approval of one request; where several ask, each has to get what it asks for.
 *
 * @param policy its name
 * @param reviewers as {@link ApprovalTerms#reviewers()}
 * @param count how many distinct people have to approve
 * @since 0.1
 */
public record Requirement(String policy, List<String> reviewers, int count) {
    public Requirement {
        reviewers = List.copyOf(reviewers);
    }
}
