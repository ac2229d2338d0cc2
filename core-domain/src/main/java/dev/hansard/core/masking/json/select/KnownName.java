// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.json.select;

/** A name that some selector knows. */
public final class KnownName {
    final int id;
    final String name;

    KnownName(int id, String name) {
        this.id = id;
        this.name = name;
    }
}
