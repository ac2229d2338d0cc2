// SPDX-License-Identifier: Apache-2.0
package dev.hansard.architecture;

import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.properties.HasSourceCodeLocation;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.function.Predicate;

/** Conditions whose events name the member and its place, as ArchUnit's own do. */
final class Conditions {
    /** Stands before the place of an event about a declaration, where ArchUnit knows the first line of code at best. */
    static final String DECLARED_IN = ", declared in ";

    private Conditions() {}

    static <T extends HasDescription & HasSourceCodeLocation> ArchCondition<T> violatedBy(
            String description, Predicate<T> breach, String finding) {
        return new ArchCondition<>(description) {
            @Override
            public void check(T item, ConditionEvents events) {
                if (breach.test(item)) {
                    events.add(SimpleConditionEvent.violated(
                            item, item.getDescription() + " " + finding + DECLARED_IN + item.getSourceCodeLocation()));
                }
            }
        };
    }
}
