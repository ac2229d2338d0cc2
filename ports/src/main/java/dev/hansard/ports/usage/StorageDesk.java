// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.usage;

import dev.hansard.ports.identity.Visitor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where operators see what is stored, and have it checked. Safe for any number of threads.
 *
 * @since 0.1
 */
public interface StorageDesk {
    /**
     * What is stored, how it grows, and what is wrong with it.
     *
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not see it
     * @throws dev.hansard.ports.session.StorageException when the stores cannot be read
     */
    StorageUse use(Visitor visitor);

    /**
     * Checks a part of what is stored, and changes nothing. Called again with {@code next} until that is null, it has
     * checked all.
     *
     * @param cursor where to go on; empty to start
     * @throws dev.hansard.ports.identity.NotAllowedException when the visitor may not ask for it
     * @throws dev.hansard.ports.value.InvalidValueException when the cursor is none
     */
    Checked check(Visitor visitor, String cursor);

    /**
     * What a part of a check found.
     *
     * @param part what was looked at
     * @param count how many things of it
     * @param findings what is wrong
     * @param next where to go on; null at the end
     * @since 0.1
     */
    record Checked(
            Part part,
            long count,
            List<Finding> findings,
            @Nullable String next) {
        public Checked {
            findings = List.copyOf(findings);
        }
    }

    /**
     * What is checked, in this order.
     *
     * @since 0.1
     */
    enum Part {
        /** Holds, alerts, the audit log: whether they can be read. */
        CONTROL,
        /** The checksums of the spool's files. */
        SPOOL,
        /** Each segment's bytes, and that the catalog knows what is in it. */
        SEGMENTS,
        /** That what the catalog lists is stored. */
        CATALOG
    }

    /**
     * One thing that is wrong.
     *
     * @param name which thing: a file, a key of a segment, the id of a session
     * @param text what is wrong with it, for people
     * @since 0.1
     */
    record Finding(Part part, String name, String text) {}
}
