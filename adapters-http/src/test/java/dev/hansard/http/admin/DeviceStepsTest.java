// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hansard.ports.exchange.Refusal;
import java.io.IOException;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeviceStepsTest {
    private static final String BEGIN = "/api/v1/sign-ins";
    private static final String POLL = "/api/v1/sign-ins:poll";

    private final RunningAdmin admin = RunningAdmin.start();

    @AfterEach
    void stop() {
        admin.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                BEGIN + " | {}                         | 201",
                BEGIN + " | {\"provider\":\"corp\"}    | 201",
                BEGIN + " | {\"provider\":\"unknown\"} | 404",
                BEGIN + " | {\"provider\":7}           | 400",
                BEGIN + " | []                         | 400",
                POLL + "  | {\"attempt\":\"waits\"}    | 202",
                POLL + "  | {\"attempt\":\"approved\"} | 200",
                POLL + "  | {\"attempt\":\"guessed\"}  | 410",
                POLL + "  | {}                         | 400"
            })
    void answersAsDescribed(String path, String content, int status) throws IOException, InterruptedException {
        // Nobody is known before they have signed in.
        admin.desks.refuse(new Refusal(401, "unauthenticated", "Nobody is signed in."));

        HttpResponse<String> answer = admin.post(path, content);

        String mediaType = answer.headers().firstValue("Content-Type").orElseThrow();
        JsonNode value = new ObjectMapper().readTree(answer.body());
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(Contract.load().errors(path, status, mediaType, value)).isEmpty();
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
    }

    @Test
    void signsOutWhoShowsAToken() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.send("POST", "/logout", "Authorization", "Bearer " + FakeDevice.TOKEN);

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(admin.desks.signIn.browsers).isEmpty();
    }

    @Test
    void beginsNothingForAnotherSite() throws IOException, InterruptedException {
        HttpResponse<String> answer = admin.send("POST", BEGIN, "Origin", "https://evil.example");

        assertThat(answer.statusCode()).isEqualTo(403);
    }
}
