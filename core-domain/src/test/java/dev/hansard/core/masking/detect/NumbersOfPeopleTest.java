// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Bank accounts and social security numbers. */
class NumbersOfPeopleTest {
    static Stream<String> accounts() {
        return Marked.lines("""
                «DE89370400440532013000»
                «GB82WEST12345698765432»
                «FR1420041010050500013M02606»
                «NL91ABNA0417164300»
                «NO9386011117947»
                «MT84MALT011000012345MTLCAST001S»
                «LC55HEMM000100010012001200023015»
                «BE68539007547034»
                «DE89 3704 0044 0532 0130 00»
                «GB82 WEST 1234 5698 7654 32»
                «DE89-3704-0044-0532-0130-00»
                «DE89[nbsp]3704[nbsp]0044[nbsp]0532[nbsp]0130[nbsp]00»
                «de89370400440532013000»
                IBAN:«DE89370400440532013000».
                to «DE89 3704 0044 0532 0130 00» 12 Berlin
                «CH93 0076 2011 6238 5295 7», «AT611904300234573201»
                """);
    }

    static Stream<String> noAccounts() {
        return Marked.lines("""
                DE88370400440532013000
                DE8937040044053201300
                DE893704004405320130001
                XDE89370400440532013000
                DE89370400440532013000X
                ZZ89370400440532013000
                DE89 3704 0044 0532 0130 01
                DE 89 3704 0044 0532 0130 00
                DE89 37040044 0532 0130 00
                DE89  3704 0044 0532 0130 00
                D889370400440532013000
                DE89_3704_0044_0532_0130_00
                DEAD370400440532013000
                GB82
                """);
    }

    static Stream<String> socialSecurityNumbers() {
        return Marked.lines("""
                «123-45-6789»
                «123 45 6789»
                «123[nbsp]45[nbsp]6789»
                SSN: «899-99-9999».
                ("«001-01-0001»")
                «123-45-6789», «234-56-7890»
                """);
    }

    static Stream<String> noSocialSecurityNumbers() {
        return Marked.lines("""
                000-45-6789
                666-45-6789
                900-45-6789
                123-00-6789
                123-45-0000
                123456789
                123-45 6789
                123.45.6789
                1123-45-6789
                123-45-67890
                123-45-6789-1
                9-123-45-6789
                a123-45-6789
                123-45-6789b
                +1 555-123-4567
                """);
    }

    @ParameterizedTest
    @MethodSource({"accounts", "noAccounts"})
    void findsAccountsAndNothingElse(String line) {
        Marked.check("iban", line);
    }

    @ParameterizedTest
    @MethodSource({"socialSecurityNumbers", "noSocialSecurityNumbers"})
    void findsSocialSecurityNumbersAndNothingElse(String line) {
        Marked.check("ssn", line);
    }
}
