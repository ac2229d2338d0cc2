// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

/** A set of ASCII characters, as two words of bits. */
record AsciiSet(long low, long high) {
    private static final String DIGITS = "0123456789";
    private static final String LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /** RFC 3986 section 2.3: a percent-encoded one means the same as a bare one. */
    static final AsciiSet UNRESERVED = of(LETTERS + DIGITS + "-._~");
    /** RFC 3986 section 3.3, without the percent sign. */
    static final AsciiSet PCHAR = UNRESERVED.and("!$&'()*+,;=:@");
    /** RFC 9110 section 5.6.2. */
    static final AsciiSet TOKEN = of(LETTERS + DIGITS + "!#$%&'*+-.^_`|~");

    static AsciiSet of(String characters) {
        return new AsciiSet(0, 0).and(characters);
    }

    AsciiSet and(String characters) {
        long low = this.low;
        long high = this.high;
        for (int i = 0; i < characters.length(); i++) {
            char c = characters.charAt(i);
            if (c < Long.SIZE) {
                low |= 1L << c;
            } else {
                high |= 1L << (c - Long.SIZE);
            }
        }
        return new AsciiSet(low, high);
    }

    boolean contains(char c) {
        if (c < Long.SIZE) {
            return (low >>> c & 1) != 0;
        }
        return c < 2 * Long.SIZE && (high >>> (c - Long.SIZE) & 1) != 0;
    }
}
