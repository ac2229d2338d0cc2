// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

/**
 * The name of an agent, which stands beside services that Hansard cannot reach itself: 1 to 63 of {@code a-z 0-9 -},
 * starting and ending with a letter or digit. Several processes may go by one name; they then share its calls.
 *
 * @since 0.1
 */
public record AgentName(String value) implements Comparable<AgentName> {
    public AgentName {
        // The same words are allowed, and for the same reason: it is a label of a host name.
        if (!ServiceName.isLabel(value)) {
            throw new InvalidValueException("agent name '" + value + "' must be 1 to " + ServiceName.MAX_LENGTH
                    + " of a-z 0-9 -, and start and end with a letter or digit");
        }
    }

    @Override
    public int compareTo(AgentName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
