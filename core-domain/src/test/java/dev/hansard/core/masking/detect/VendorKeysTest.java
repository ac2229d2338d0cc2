// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class VendorKeysTest {
    private static final String FORTY = "abcdefghij0123456789ABCDEFGHIJ/+klmnopqr";

    /** {n} stands for so many letters and digits. */
    private static Stream<String> keys(String table) {
        return Marked.lines(table).map(VendorKeysTest::filled);
    }

    private static String filled(String line) {
        String filled = line.replace("{secret}", FORTY);
        for (int count : new int[] {9, 10, 15, 19, 20, 23, 24, 27, 28, 34, 35, 36, 58, 59, 82}) {
            filled = filled.replace("{" + count + "}", "aB3dE6gH9k".repeat(9).substring(0, count));
        }
        return filled;
    }

    static Stream<String> aws() {
        return keys("""
                «AK~IAIOSFODNN7EXAMPLE»
                "«AS~IAIOSFODNN7EXAMPLE»", «AB~IAIOSFODNN7EXAMPLE»
                Credential=«AK~IAIOSFODNN7EXAMPLE»/20260101/eu-west-1
                aws_secret_access_key = «{secret}»
                SecretAccessKey: "«{secret}»"
                AWS_SECRET_KEY='«{secret}»'
                "secretAccessKey":"«{secret}»"
                AK~IAIOSFODNN7EXAMPL
                AK~IAIOSFODNN7EXAMPLEX
                XAK~IAIOSFODNN7EXAMPLE
                ak~iaiosfodnn7example
                AR~OAIOSFODNN7EXAMPLE
                AK~IAiosfodnn7example
                {secret}
                key={secret}
                access_key={secret}
                secret_key={secret}a
                secret_key=abc
                """);
    }

    static Stream<String> github() {
        return keys("""
                «gh~p_{36}»
                token «gh~o_{36}», «gh~u_{36}»
                https://x:«gh~s_{36}»@localhost/a/b
                «gh~r_{82}»
                «github~_pat_{82}»
                "«github~_pat_{59}»"
                gh~p_{35}
                xgh~p_{36}
                _gh~p_{36}
                gh~x_{36}
                github~_pat_{58}
                gh~p-{36}
                """);
    }

    static Stream<String> slack() {
        return keys("""
                «xo~xb-123456789012-{20}»
                «xo~xp-1-2-{24}» «xo~xa-2-{20}»
                xo~xe.«xo~xp-1-{20}»
                «xa~pp-1-A012-{20}»
                "«xo~xs-{10}»"
                https://hooks.slack.com/services/«T~00000000/B00000000/{24}»
                https://hooks.slack.com/workflows/«T~0000/{24}»?x
                xo~xb-
                xo~xb-abcdefghijklmnop
                xo~xz-{20}
                axo~xb-{20}
                https://hooks.slack.com/services/T0/B0
                https://slack.com/services/T00000000/B00000000/{24}
                https://hooks.slack.com/other/{24}
                """);
    }

    static Stream<String> stripe() {
        return keys("""
                «sk~_live_{24}»
                «sk~_test_{10}»
                key: «rk~_live_{24}»; «rk~_test_{24}»
                «wh~sec_{24}»
                «wh~sec_{24}/+{10}==»
                "«sk~_live_{82}»"
                sk~_live_{9}
                pk~_live_{24}
                task~_live_{24}
                sk~_prod_{24}
                wh~sec_{23}
                disk~_test_{24}
                """);
    }

    static Stream<String> google() {
        return keys("""
                «AI~za{35}»
                ?key=«AI~za{34}-»&x
                «ya~29.{24}»
                access «ya~29.a0-_{24}».
                «GOC~SPX-{28}»
                "«GOC~SPX-{27}-»"
                AI~za{34}
                AI~za{36}
                xAI~za{35}
                ya~29.{19}
                xya~29.{24}
                GOC~SPX-{27}
                """);
    }

    static Stream<String> pem() {
        return Marked.lines("""
                «-----BEGIN PRIV~ATE KEY-----\\nMIIE\\n-----END PRIV~ATE KEY-----»\\n
                a «-----BEGIN RSA PRIV~ATE KEY-----\\nMIIE\\n-----END RSA PRIV~ATE KEY-----» b
                «-----BEGIN ENCRYPTED PRIV~ATE KEY-----MIIE-----END ENCRYPTED PRIV~ATE KEY-----»
                «-----BEGIN PGP PRIV~ATE KEY BLOCK-----\\nlQ\\n-----END PGP PRIV~ATE KEY BLOCK-----»
                «-----BEGIN EC PRIV~ATE KEY-----\\nMIIE
                «-----BEGIN OPENSSH PRIV~ATE KEY-----\\n-----END CERTIFICATE-----\\nx
                -«-----BEGIN PRIV~ATE KEY-----\\nMIIE\\n-----END PRIV~ATE KEY-----»-
                -----BEGIN CERTIFICATE-----\\nMIIE\\n-----END CERTIFICATE-----
                -----BEGIN PUBLIC KEY-----\\nMIIE\\n-----END PUBLIC KEY-----
                -----BEGIN PRIV~ATE KEY
                -----BEGIN PRIV~ATE\\nKEY-----
                ---- BEGIN PRIV~ATE KEY ----
                -----begin priv~ate key-----
                -----END PRIV~ATE KEY-----
                """).map(line -> line.contains("«") && !line.contains("»") ? line + "»" : line);
    }

    @ParameterizedTest
    @MethodSource("aws")
    void findsKeysOfAws(String line) {
        Marked.check("aws", line);
    }

    @ParameterizedTest
    @MethodSource("github")
    void findsTokensOfGithub(String line) {
        Marked.check("github", line);
    }

    @ParameterizedTest
    @MethodSource("slack")
    void findsTokensOfSlack(String line) {
        Marked.check("slack", line);
    }

    @ParameterizedTest
    @MethodSource("stripe")
    void findsKeysOfStripe(String line) {
        Marked.check("stripe", line);
    }

    @ParameterizedTest
    @MethodSource("google")
    void findsKeysOfGoogle(String line) {
        Marked.check("google", line);
    }

    @ParameterizedTest
    @MethodSource("pem")
    void findsPrivateKeys(String line) {
        Marked.check("pem", line);
    }
}
