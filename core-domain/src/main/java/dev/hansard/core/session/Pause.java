// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import java.time.Duration;

/** Lets the calling thread rest: {@code Thread::sleep}, or in a test the moving of a clock. */
@FunctionalInterface
public interface Pause {
    void rest(Duration duration) throws InterruptedException;
}
