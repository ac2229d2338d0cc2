// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.credential.shape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.value.Secret;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against the examples that AWS has published: its test suite for Signature Version 4, and the pages of S3 and IAM. */
class AwsSignerTest {
    private static final String NO_CONTENT = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final Secret SUITE_KEY = Secret.of("wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
    private static final Secret PAGES_KEY = Secret.of("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    private static String signature(String authorization) {
        return authorization.substring(authorization.indexOf("Signature=") + "Signature=".length());
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "POST, /, 5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
        "GET, /?Param2=value2&Param1=value1, b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    })
    void signsAsTheTestSuiteDoes(String method, String target, String expected) {
        var signer = new AwsSigner("us-east-1", "service", "AKIDEXAMPLE", SUITE_KEY, null);

        String authorization = signer.authorization(
                method,
                target,
                Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"),
                NO_CONTENT,
                Instant.parse("2015-08-30T12:36:00Z"));

        assertThat(authorization)
                .startsWith("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request,"
                        + " SignedHeaders=host;x-amz-date, ");
        assertThat(signature(authorization)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "/test.txt, bytes=0-9, f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41",
        "/?lifecycle, , fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543",
        "/?max-keys=2&prefix=J, , 34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7"
    })
    void signsAsThePagesOfS3Do(String target, String range, String expected) {
        var signer = new AwsSigner("us-east-1", "s3", "AKIAIOSFODNN7EXAMPLE", PAGES_KEY, null);
        Map<String, String> fields = new HashMap<>(Map.of(
                "host", "examplebucket.s3.amazonaws.com",
                "x-amz-date", "20130524T000000Z",
                "x-amz-content-sha256", NO_CONTENT));
        if (range != null) {
            fields.put("range", range);
        }

        String authorization =
                signer.authorization("GET", target, fields, NO_CONTENT, Instant.parse("2013-05-24T00:00:00Z"));

        assertThat(signature(authorization)).isEqualTo(expected);
    }

    @Test
    void signsAsThePageOfIamDoes() {
        var signer = new AwsSigner("us-east-1", "iam", "AKIDEXAMPLE", SUITE_KEY, null);
        Map<String, String> fields = Map.of(
                "content-type", "application/x-www-form-urlencoded; charset=utf-8",
                "host", "iam.amazonaws.com",
                "x-amz-date", "20150830T123600Z");

        String authorization = signer.authorization(
                "GET",
                "/?Action=ListUsers&Version=2010-05-08",
                fields,
                NO_CONTENT,
                Instant.parse("2015-08-30T12:36:00Z"));

        assertThat(signature(authorization))
                .isEqualTo("5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
    }

    @Test
    void saysWhetherTheContentIsSignedAndSignsTheSessionToken() {
        var signer = new AwsSigner(
                "eu-central-1", "s3", "AKIDEXAMPLE", SUITE_KEY, Secret.of("a-session-token-of-some-length"));
        Map<String, String> with = new LinkedHashMap<>();
        Map<String, String> without = new LinkedHashMap<>();
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");

        signer.sign(new Outgoing("PUT", "/a", "b.s3.amazonaws.com", true, noon), with::put);
        signer.sign(new Outgoing("GET", "/a", "b.s3.amazonaws.com", false, noon), without::put);

        assertThat(with)
                .containsEntry("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
                .containsEntry("X-Amz-Date", "20260301T120000Z")
                .containsEntry("X-Amz-Security-Token", "a-session-token-of-some-length");
        assertThat(with.get("Authorization"))
                .contains("SignedHeaders=host;x-amz-content-sha256;x-amz-date;x-amz-security-token,");
        assertThat(without).containsEntry("X-Amz-Content-Sha256", NO_CONTENT);
    }

    @Test
    void encodesThePathOnceForS3AndTwiceForOthers() {
        Map<String, String> fields = Map.of("host", "h");
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        var s3 = new AwsSigner("r", "s3", "A", SUITE_KEY, null);
        var other = new AwsSigner("r", "execute-api", "A", SUITE_KEY, null);

        String once = s3.authorization("GET", "/a%20b", fields, NO_CONTENT, noon);
        String same = s3.authorization("GET", "/%61%20b", fields, NO_CONTENT, noon);
        String twice = other.authorization("GET", "/a%20b", fields, NO_CONTENT, noon);
        String plain = other.authorization("GET", "/a%2520b", fields, NO_CONTENT, noon);

        assertThat(once).isEqualTo(same);
        assertThat(twice).isNotEqualTo(plain);
    }
}
