// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential;

/** What happens to a response that holds an injected value. */
public enum OnReflection {
    /** The caller gets nothing more of it. */
    BLOCK,
    /** The value is covered where the response is text that is not encoded; otherwise as {@link #BLOCK}. */
    REDACT
}
