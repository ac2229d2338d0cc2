// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.limit;

/** What is counted of one caller. */
interface Meter {
    /**
     * Ends it, if it is as a new one would be, so that nobody gains by its end. From then on it counts nothing.
     *
     * @return whether it has ended
     */
    boolean retire(long now);
}
