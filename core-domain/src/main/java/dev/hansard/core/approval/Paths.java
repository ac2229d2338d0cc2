// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.approval;

/** Targets in origin-form. */
final class Paths {
    private Paths() {}

    /** The path of a target, without its query. */
    static String of(String target) {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }
}
