// SPDX-License-Identifier: Apache-2.0
package dev.hansard.idp.oidc;

import dev.hansard.idp.jose.FlawedTokenException;
import dev.hansard.idp.jose.JsonObject;
import dev.hansard.idp.jose.KeyPublication;
import dev.hansard.idp.jose.StrictJson;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an issuer says about itself (OpenID Connect Discovery 1.0 section 3).
 *
 * @param authorization where the browser is sent to
 * @param token where codes are redeemed
 * @param deviceAuthorization where a sign-in on another device begins (RFC 8628 section 4); null for nowhere
 * @param takesBasic whether the client may authenticate by HTTP Basic; else it is by the form
 * @param namesItself whether each answer says of which issuer it is (RFC 9207 section 3)
 */
record Metadata(
        URI authorization, URI token, @Nullable URI deviceAuthorization, boolean takesBasic, boolean namesItself) {
    private static final int DEEPEST = 16;
    private static final String S256 = "S256";
    private static final String DEVICE = "device_authorization_endpoint";

    /**
     * Reads a document.
     *
     * @param issuer the issuer that was asked; a document of another one is how codes get sent elsewhere
     */
    static Metadata parse(byte[] document, String issuer) throws FaultException {
        try {
            JsonObject metadata = StrictJson.object(document, DEEPEST);
            if (!issuer.equals(metadata.text("issuer"))) {
                throw new FaultException(Fault.UNUSABLE_METADATA);
            }
            List<String> challenges = metadata.texts("code_challenge_methods_supported");
            if (!challenges.isEmpty() && !challenges.contains(S256)) {
                throw new FaultException(Fault.UNUSABLE_METADATA);
            }
            List<String> methods = metadata.texts("token_endpoint_auth_methods_supported");
            return new Metadata(
                    endpoint(metadata, "authorization_endpoint"),
                    endpoint(metadata, "token_endpoint"),
                    metadata.has(DEVICE) ? endpoint(metadata, DEVICE) : null,
                    methods.isEmpty() || methods.contains("client_secret_basic"),
                    Boolean.TRUE.equals(metadata.value("authorization_response_iss_parameter_supported")));
        } catch (FlawedTokenException _) {
            throw new FaultException(Fault.UNUSABLE_METADATA);
        }
    }

    private static URI endpoint(JsonObject metadata, String name) throws FlawedTokenException, FaultException {
        String text = metadata.text(name);
        try {
            URI uri = new URI(text == null ? "" : text);
            if (KeyPublication.isTrustworthy(uri)) {
                return uri;
            }
        } catch (URISyntaxException _) {
            // As below.
        }
        throw new FaultException(Fault.UNUSABLE_METADATA);
    }
}
