// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

import java.util.ArrayList;
import java.util.List;

/** Whether a caller is still there. Safe for any number of threads. */
public final class CallerPresence {
    private final List<Runnable> watchers = new ArrayList<>(1);
    private boolean gone;

    /** The caller is gone, and does not come back. */
    public void end() {
        List<Runnable> told;
        synchronized (watchers) {
            gone = true;
            told = List.copyOf(watchers);
            watchers.clear();
        }
        told.forEach(Runnable::run);
    }

    /** Has something done when the caller is gone; at once when it is. */
    void whenGone(Runnable watcher) {
        synchronized (watchers) {
            if (!gone) {
                watchers.add(watcher);
                return;
            }
        }
        watcher.run();
    }
}
