// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.s3;

/** Which locks the server has to enforce on objects. */
public enum ObjectLock {
    /** None: the bucket needs no object lock. */
    NONE,
    /** Retention that people with a special permission may still cut short. */
    GOVERNANCE,
    /** Retention that nobody can cut short, whatever they may do. */
    COMPLIANCE
}
