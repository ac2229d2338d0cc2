// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.simulation;

/** Who decides what goes wrong in a run, and when. */
interface Troubles {
    /** A process begins; it may be told when to die. */
    void chooseEnd();

    /** One more trouble begins, or an old one ends. */
    void turn();

    /** What a catalog loses that was not stopped cleanly. */
    void uncleanStop();
}
