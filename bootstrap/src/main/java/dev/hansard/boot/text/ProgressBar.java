// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

import java.io.PrintStream;

/** A bar on one line of a terminal, drawn anew when its text changes enough to be seen, and wiped out at the end. */
public final class ProgressBar implements Progress {
    private static final int CELLS = 24;
    /** The bar's text counts sessions; drawing it more than a hundred times is of use to nobody. */
    private static final int STEPS = 100;

    private final PrintStream to;
    private String shown = "";
    private long step = -1;

    public ProgressBar(PrintStream to) {
        this.to = to;
    }

    @Override
    public void at(long done, long total, String note) {
        long most = Math.max(1, Math.max(done, total));
        long next = done * STEPS / most;
        if (next == step) {
            return;
        }
        step = next;
        int full = (int) (done * CELLS / most);
        draw("[" + "#".repeat(full) + ".".repeat(CELLS - full) + "] " + done + " of " + total + ", " + note);
    }

    private void draw(String text) {
        int left = Math.max(0, TextWidth.of(shown) - TextWidth.of(text));
        to.print("\r" + text + " ".repeat(left));
        to.flush();
        shown = text;
    }

    @Override
    public void end() {
        if (!shown.isEmpty()) {
            draw("");
            to.print("\r");
            to.flush();
        }
    }
}
