// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.scan;

import dev.hansard.core.masking.rule.MaskRule;
import dev.hansard.ports.value.ServiceName;
import java.util.List;

/**
 * What a scan has found.
 *
 * @param findings leaks first, then by service, direction and place
 * @param unproposed how many findings got no rule of their own: nothing selects them, another rule takes them
 *     already, or there are too many
 */
public record ScanReport(List<Finding> findings, Coverage coverage, List<Proposal> proposals, int unproposed) {
    public ScanReport {
        findings = List.copyOf(findings);
        proposals = List.copyOf(proposals);
    }

    /** Whether nothing was found. */
    public boolean isClean() {
        return findings.isEmpty() && coverage.unplacedValues() == 0;
    }

    /**
     * How much was seen, and what could not be seen.
     *
     * @param sessions those that were looked through
     * @param unreadableSessions those that were gone or could not be read when their turn came
     * @param contents those that were looked through
     * @param withheldContents those that the record does not keep, because they could not be masked
     * @param truncatedContents those of which the record keeps a part
     * @param unreadableContents those that the record keeps, but that could not be looked through
     * @param unplacedValues values that were found, but past the limit of places of one message or of all findings
     */
    public record Coverage(
            long sessions,
            long unreadableSessions,
            long contents,
            long withheldContents,
            long truncatedContents,
            long unreadableContents,
            long unplacedValues) {}

    /**
     * Rules for what was found in the messages of one service.
     *
     * @param set the name under which the service may list all of them
     * @param rules one at least
     */
    public record Proposal(ServiceName service, String set, List<MaskRule> rules) {
        public Proposal {
            rules = List.copyOf(rules);
        }
    }
}
