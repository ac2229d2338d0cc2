// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.jose;

/**
 * A token is not accepted. It carries one of the fixed words and nothing of the token, and no stack trace: whoever
 * sends garbage decides how often it is made.
 */
public final class FlawedTokenException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Flaw flaw;

    public FlawedTokenException(Flaw flaw) {
        super(flaw.word(), null, false, false);
        this.flaw = flaw;
    }

    public Flaw flaw() {
        return flaw;
    }
}
