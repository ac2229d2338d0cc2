// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.settings;

/** When a running node reads its configuration again. */
public enum Reload {
    /** When it is told to, and when the files have changed. */
    WATCH,
    /** Only when it is told to. */
    MANUAL
}
