// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.lease;

import dev.hansard.ports.value.InvalidValueException;
import dev.hansard.ports.value.NodeName;

/**
 * The right of one process to do some work alone for a while. It may have been lost since it was given: only
 * {@link Leases} can tell.
 *
 * @param name what work it is for: 1 to {@value #LONGEST_NAME} of a-z and -
 * @param node who has it, for people
 * @param fence grows with each time that a lease of this name is given, so that an earlier one is told from a later
 * @since 0.1
 */
public record Lease(String name, NodeName node, long fence) {
    public static final int LONGEST_NAME = 63;

    public Lease {
        requireName(name);
        if (fence < 1) {
            throw new InvalidValueException("the fence of a lease must be at least 1, but is " + fence);
        }
    }

    /**
     * Sees that this is a name.
     *
     * @throws InvalidValueException when it is none
     */
    public static String requireName(String name) {
        if (name.length() > LONGEST_NAME || !name.matches("[a-z][a-z-]*")) {
            throw new InvalidValueException("the name of a lease must be 1 to " + LONGEST_NAME
                    + " of a-z and - that begin with a letter, but is '" + name + "'");
        }
        return name;
    }
}
