// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class HttpCredentialsTest {
    private static final String HEAD = "eyJhbGciOiJ~IUzI1NiJ9";

    /** H stands for the head of a token, in front of a dot. */
    private static Stream<String> tokens(String table) {
        return Marked.lines(table).map(line -> line.replace("H.", HEAD + "."));
    }

    static Stream<String> jwts() {
        return tokens("""
                «H.eyJzdWIiOiIxIn0.c2lnbmF0dXJl»
                token=«H.eyJzdWIiOiIxIn0.c2ln»&x=1
                «H.eyJzdWIiOiIxIn0.c2ln». And more
                "«H.eyJzdWIiOiIxIn0.»"
                «H..c2lnbmF0dXJl»
                «H.e.y.J.0» a
                «H..aXY.Y2lwaGVy.dGFn»
                «H.eyJzdWIiOiIxIn0.c2ln».com
                <«H.a-b_c.d-e_f»>
                «H.a.b» «H.c.d»
                /«H.eyJzdWIiOiIxIn0.c2ln»/
                a:«eyJ0eXAiOiJKV1QiLCJ~hbGciOiJub25lIn0.eyJpc3MiOiJqb2UifQ.»
                «eyJhbGciOiJ~SUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiIxIn0.c2ln»
                """);
    }

    static Stream<String> noJwts() {
        return tokens("""
                H.eyJzdWIiOiIxIn0
                H
                H..
                H.a
                eyJ.eyJ.eyJ
                eyJhbGciOiJIUzI1NiJ.eyJzdWIiOiIxIn0.c2ln
                xH.eyJzdWIiOiIxIn0.c2ln
                _H.eyJzdWIiOiIxIn0.c2ln
                -H.eyJzdWIiOiIxIn0.c2ln
                H. eyJzdWIiOiIxIn0.c2ln
                eyjhbGciOiJIUzI1NiJ9.a.b
                eyJhbGciOiJIUzI1NiJ9Q.a.b
                com.example.eyJ.Class.method
                """);
    }

    static Stream<String> bearers() {
        return Marked.lines("""
                Bearer «mF_9.B5f-4.1JqM»
                Authorization: bearer «0123456789abcdef»==
                -H "Authorization: Bearer «abcDEF0123»" -v
                BEARER  «AbCdEfGhIj»
                curl "Bearer\t«deadbeef01»".
                the bearer «abcdefghijklmnopqrstuvwxyzabcdefgh».
                Bearer «tok_12345678/x+y~z»==, next
                """.replace("»==", "==»"));
    }

    static Stream<String> noBearers() {
        return Marked.lines("""
                the bearer of bad news
                Bearer authentication
                bearer Identification
                Bearer <token>
                Bearer realm="example"
                Bearer error="invalid_token1"
                Bearer ***
                Bearer [t:12345678:abcdefghijklmnopqrstuv]
                forbearer abcDEF0123
                Bearer:abcDEF0123
                Bearer abc1
                Bearer
                """);
    }

    static Stream<String> basics() {
        return Marked.lines("""
                Basic «dXNlcjpwYXNz»
                Authorization: basic «dXNlcjpwYXNzdw==»
                "Basic «dXNlcjpwYXNzdw»".
                BASIC  «QWxhZGRpbjpvcGVuIHNlc2FtZQ==»
                Basic «OnBhc3N3b3Jk», Basic «dXNlcjo=»
                Basic «asO2cmc6cGFzc3dvcmQ=»
                """);
    }

    static Stream<String> noBasics() {
        return Marked.lines("""
                basic authentication
                Basic plan costs 10
                Basic realm="example"
                Basic dXNlcg==
                Basic ***
                Basicdxnlcjpwyxnz
                abasic dXNlcjpwYXNz
                Basic
                """);
    }

    @ParameterizedTest
    @MethodSource({"jwts", "noJwts"})
    void findsWebTokensAndNothingElse(String line) {
        Marked.check("jwt", line);
    }

    @ParameterizedTest
    @MethodSource({"bearers", "noBearers"})
    void findsBearersAndNothingElse(String line) {
        Marked.check("bearer", line);
    }

    @ParameterizedTest
    @MethodSource({"basics", "noBasics"})
    void findsBasicCredentialsAndNothingElse(String line) {
        Marked.check("basic", line);
    }
}
