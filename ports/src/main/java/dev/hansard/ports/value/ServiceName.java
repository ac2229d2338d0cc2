// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

/**
 * The name of a service behind Hansard: 1 to 63 of {@code a-z 0-9 -}, starting and ending with a letter or digit (the
 * DNS label of RFC 1123 section 2.1, in lower case), so that it can be a path segment, a folder and a label.
 *
 * @since 0.1
 */
public record ServiceName(String value) implements Comparable<ServiceName> {
    static final int MAX_LENGTH = 63;

    public ServiceName {
        if (!isLabel(value)) {
            throw new InvalidValueException("service name '" + value + "' must be 1 to " + MAX_LENGTH
                    + " of a-z 0-9 -, and start and end with a letter or digit");
        }
    }

    static boolean isLabel(String text) {
        int last = text.length() - 1;
        if (last < 0 || last >= MAX_LENGTH || text.charAt(0) == '-' || text.charAt(last) == '-') {
            return false;
        }
        return text.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-');
    }

    @Override
    public int compareTo(ServiceName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
