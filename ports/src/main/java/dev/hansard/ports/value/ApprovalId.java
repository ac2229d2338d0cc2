// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.value;

import java.util.Comparator;
import java.util.UUID;

/**
 * The id of an approval: a UUIDv7 (RFC 9562 section 5.7), printed as {@code apr_} and the 36 characters of the UUID.
 * Ids made by one node sort in the order in which they were made; the first 48 bits are the wall time in milliseconds.
 *
 * @since 0.1
 */
public record ApprovalId(long high, long low) implements Comparable<ApprovalId> {
    private static final String PREFIX = "apr_";
    private static final int TEXT_LENGTH = PREFIX.length() + 36;
    private static final Comparator<ApprovalId> ORDER = (left, right) -> {
        int byHigh = Long.compareUnsigned(left.high, right.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(left.low, right.low);
    };

    public ApprovalId {
        boolean versionSeven = ((high >>> 12) & 0xF) == 7;
        boolean rfcVariant = (low >>> 62) == 2;
        if (!versionSeven || !rfcVariant) {
            throw new InvalidValueException("approval id '" + new UUID(high, low) + "' is not a UUIDv7");
        }
    }

    /**
     * Reads the printed form, with lower-case hexadecimal digits only, so that one approval has one spelling.
     *
     * @throws InvalidValueException when {@code text} is not an approval id
     */
    public static ApprovalId parse(String text) {
        if (text.length() != TEXT_LENGTH || !text.startsWith(PREFIX)) {
            throw notAnId(text);
        }
        UUID uuid;
        try {
            uuid = UUID.fromString(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException _) {
            throw notAnId(text);
        }
        var id = new ApprovalId(uuid.getMostSignificantBits(), uuid.getLeastSignificantBits());
        if (!id.toString().equals(text)) {
            throw notAnId(text);
        }
        return id;
    }

    private static InvalidValueException notAnId(String text) {
        String shown = text.length() > TEXT_LENGTH ? text.substring(0, TEXT_LENGTH) + "..." : text;
        return new InvalidValueException(
                "approval id '" + shown + "' must look like apr_0190163d-8694-739b-aea5-966c26f8ad91");
    }

    /** Wall time of its making, in milliseconds since 1970-01-01T00:00Z. */
    public long epochMillis() {
        return high >>> 16;
    }

    @Override
    public int compareTo(ApprovalId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return PREFIX + new UUID(high, low);
    }
}
