// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.tokens;

/** Takes texts, one character after another. Belongs to one thread. */
public interface TextSink {
    void take(char c);

    /** A text is over: what comes is another one. */
    void end();
}
