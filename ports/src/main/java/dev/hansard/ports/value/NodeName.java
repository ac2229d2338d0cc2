// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

/**
 * The name of one running Hansard process, unique in a deployment: 1 to 63 characters of {@code A-Z a-z 0-9 . _ -}.
 *
 * @since 0.1
 */
public record NodeName(String value) {
    private static final int MAX_LENGTH = 63;

    public NodeName {
        if (value.isEmpty() || value.length() > MAX_LENGTH || !value.chars().allMatch(NodeName::isAllowed)) {
            throw new InvalidValueException(
                    "node name '" + value + "' must be 1 to " + MAX_LENGTH + " of A-Z a-z 0-9 . _ -");
        }
    }

    private static boolean isAllowed(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }

    @Override
    public String toString() {
        return value;
    }
}
