// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

/** A sign-in that ends here. Has no stack trace: it is an outcome. A retry is of use if the fault is passing. */
final class FaultException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Fault fault;

    FaultException(Fault fault) {
        super(fault.word(), null, false, false);
        this.fault = fault;
    }

    Fault fault() {
        return fault;
    }
}
