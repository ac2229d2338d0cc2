// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.xml;

/**
 * A message is not accepted. It carries one of the fixed words and nothing of the message, and no stack trace: whoever
 * sends garbage decides how often it is made.
 */
public final class FlawedXmlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Flaw flaw;

    public FlawedXmlException(Flaw flaw) {
        super(flaw.word(), null, false, false);
        this.flaw = flaw;
    }

    public Flaw flaw() {
        return flaw;
    }
}
