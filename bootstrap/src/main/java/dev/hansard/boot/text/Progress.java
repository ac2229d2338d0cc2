// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.text;

/** Told how far a long work has come. */
public interface Progress {
    /** For when nobody looks. */
    Progress NONE = new Progress() {
        @Override
        public void at(long done, long total, String note) {}

        @Override
        public void end() {}
    };

    /**
     * So much is done.
     *
     * @param total as far as it is known: it may shrink
     * @param note what else there is to say, in a few words
     */
    void at(long done, long total, String note);

    /** Nothing more is done. */
    void end();
}
