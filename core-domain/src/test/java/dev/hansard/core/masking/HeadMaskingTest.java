// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.hansard.ports.exchange.Field;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadMaskingTest {
    private static String masked(String name, String value) {
        return HeadMasking.maskedValue(name, value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Authorization        | Bearer s3cr3t                     | Bearer ***",
                "authorization        | bearer\ts3cr3t                    | bearer ***",
                "AUTHORIZATION        | Basic dTpw                        | Basic ***",
                "Authorization        | s3cr3t                            | ***",
                "Authorization        | s3cr3t more                       | ***",
                "Authorization        | Digest username=\"u\", response=x | Digest ***",
                "Proxy-Authorization  | Basic dTpw                        | Basic ***",
                "X-Orig-Authorization | Bearer s3cr3t                     | Bearer ***",
                "X-Custom             | Bearer s3cr3t                     | Bearer ***",
                "X-API-Key            | s3cr3t                            | ***",
                "api_key              | s3cr3t                            | ***",
                "Apikey               | s3cr3t                            | ***",
                "X-Auth-Token         | s3cr3t                            | ***",
                "X-CSRF-Token         | s3cr3t                            | ***",
                "X-XSRF-TOKEN         | s3cr3t                            | ***",
                "Private-Token        | s3cr3t                            | ***",
                "X-Vault-Token        | s3cr3t                            | ***",
                "X-Amz-Security-Token | s3cr3t                            | ***",
                "X-Goog-Api-Key       | s3cr3t                            | ***",
                "Ocp-Apim-Subscription-Key | s3cr3t                       | ***",
                "X-Shopify-Access-Token    | s3cr3t                       | ***",
                "X-Client-Secret      | s3cr3t                            | ***",
                "X-User-Password      | s3cr3t                            | ***",
                "Cf-Access-Jwt-Assertion   | s3cr3t                       | ***",
                "X-Auth-Key           | s3cr3t                            | ***",
                "Cookie               | a=s3; b=cr3t                      | a=***; b=***",
                "Cookie               | s3cr3t                            | ***",
                "Cookie               | a=s3; cr3t ;c=d=e                 | a=***; ***;c=***",
                "Cookie               | a=\"s3;cr=3t\"; b=c               | a=***",
                "Cookie               | a=\"s3\"; b=c                     | a=***; b=***",
                "Set-Cookie           | a=s3cr3t; Path=/; HttpOnly        | a=***; Path=/; HttpOnly",
                "Set-Cookie           | a=s3; cr3t; SameSite=Lax          | a=***; ***; SameSite=Lax",
                "Set-Cookie           | a=\"s3; path=cr3t\"; Secure       | a=***",
                "Set-Cookie           | s3cr3t                            | ***",
                "Location             | /cb?code=0123456789abcdef&state=1 | /cb?code=***&state=1",
                "Location             | https://u:p@a.test/x#access_token=s3cr3t&e=1"
                        + " | https://***@a.test/x#access_token=***&e=1",
                "Referer              | https://a.test/?a=1&token=s3,cr;3t/x?y&b=2 | https://a.test/?a=1&token=***&b=2",
                "Link                 | </?api_key=s3cr3t>; rel=\"next\" | </?api_key=***>; rel=\"next\"",
                "Refresh              | 0; url=https://a.test/?sig=s3cr3t | 0; url=https://a.test/?sig=***",
                "X-Whatever           | password=\"s3cr3t\"m; b=c         | password=***",
                "X-Whatever           | password=\"s3\"\"cr3t\", b=c      | password=***",
                "X-Whatever           | password=\"s3cr3t                | password=***",
                "X-Whatever           | (code=\"0123456789abcdef\") b=c  | (code=\"***\") b=c",
                "X-Whatever           | a; password=\"s3 cr3t\"; b=c      | a; password=\"***\"; b=c",
            })
    void hidesSecrets(String name, String value, String expected) {
        assertThat(masked(name, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Host                             | a.test",
                "Cache-Control                    | max-age=0, no-cache",
                "Content-Type                     | multipart/form-data; boundary=abc",
                "WWW-Authenticate                 | Bearer realm=\"x\", error=\"invalid_token\"",
                "Idempotency-Key                  | 7",
                "X-RateLimit-Remaining-Tokens     | 100",
                "Access-Control-Allow-Credentials | true",
                "Sec-WebSocket-Key                | dGhlIHNhbXBsZSBub25jZQ==",
                "Surrogate-Key                    | a b",
                "ETag                             | \"abc==\"",
                "Location                         | /orders?code=US&page=2",
                "From                             | a@a.test",
                "Authorization                    | ''",
                "traceparent                      | 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
            })
    void keepsWhatIsNoSecret(String name, String value) {
        assertThat(masked(name, value)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/x?access_token=s3cr3t               | /x?access_token=***",
                "/x?a=1&API-KEY=s3cr3t&b=2            | /x?a=1&API-KEY=***&b=2",
                "/x?%61ccess%5Ftoken=s3cr3t           | /x?%61ccess%5Ftoken=***",
                "/x?%2561ccess_token=s3cr3t           | /x?%2561ccess_token=***",
                "/x?access+token=s3cr3t               | /x?access+token=***",
                "/x?user[password]=s3cr3t             | /x?user[password]=***",
                "/x?a=1;token=s3cr3t                  | /x?a=1;token=***",
                "/x?token=s3==&b=c                    | /x?token=***&b=c",
                "/x?token=a&token=b                   | /x?token=***&token=***",
                "/x?X-Amz-Date=A&X-Amz-Credential=s%2F3&X-Amz-Signature=cr3t"
                        + " | /x?X-Amz-Date=A&X-Amz-Credential=***&X-Amz-Signature=***",
                "/x?sig=s3&sv=2                       | /x?sig=***&sv=2",
                "/a;jsessionid=s3cr3t/b?x=1           | /a;jsessionid=***/b?x=1",
                "/x?next=https%3A%2F%2Fa.test%2F%3Ftoken%3Ds3cr3t&y=1 | /x?next=***&y=1",
                "/x?next=%252Fa%253Ftoken%253Ds3cr3t  | /x?next=***",
                "/x?next=%25252525252Fa               | /x?next=***",
                "/x?token%3Ds3cr3t                    | /x?***",
                "/x?next=https%3A%2F%2Fu%3Ap%40a.test | /x?next=***",
                "http://u:p@a.test/x                  | http://***@a.test/x",
                "/x?code=0123456789abcdef             | /x?code=***",
            })
    void hidesSecretsInTargets(String target, String expected) {
        assertThat(HeadMasking.maskTarget(target)).isEqualTo(new Masked<>(expected, true));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/", "*", "/orders/42?page=2&pageToken=abc&max_tokens=5&code=US", "/a%20b?q=%C3%A9%26x%3D1",
                "/x?token", "/x?token=&y=1", "/a@b?c=d@e", "http://a.test/x?y=z"
            })
    void keepsTargetsWithoutSecrets(String target) {
        Masked<String> masked = HeadMasking.maskTarget(target);

        assertThat(masked.any()).isFalse();
        assertThat(masked.value()).isSameAs(target);
    }

    @Test
    void takesNoLongerForManyPairsThanForOneLongOne() {
        var fields = List.of(
                new Field("X-List", "a=1,".repeat(16_000)),
                new Field("X-Urls", "//a@".repeat(16_000) + "//" + "a".repeat(64_000)),
                new Field("X-Keys", "&a".repeat(32_000) + "="),
                new Field("Cookie", "a;".repeat(32_000)));

        assertTimeoutPreemptively(
                Duration.ofSeconds(5), () -> fields.forEach(field -> masked(field.name(), field.value())));
    }
}
