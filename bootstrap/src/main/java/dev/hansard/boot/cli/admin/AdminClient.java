// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.admin;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.hansard.boot.cli.CommandFailedException;
import dev.hansard.boot.cli.ExitCode;
import dev.hansard.boot.text.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The admin API as the commands use it. What goes wrong is a {@link CommandFailedException} that says what to do. */
public final class AdminClient implements AutoCloseable {
    /** The largest JSON document that is read. */
    static final int MOST_JSON_BYTES = 64 * 1024 * 1024;

    private static final int MOST_PROBLEM_BYTES = 64 * 1024;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private static final String REASON = "Hansard-Reason";

    private final URI base;
    private final @Nullable Token token;
    private final @Nullable String reason;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    /**
     * @param base scheme, host and port of the admin plane
     * @param token what is shown; null for nothing
     * @param reason what contents are read for; null for none
     */
    AdminClient(URI base, @Nullable Token token, @Nullable String reason) {
        this.base = base;
        this.token = token;
        this.reason = reason;
    }

    /** A JSON document. */
    public JsonNode json(String path) {
        return document(get(path, Map.of("Accept", "application/json")));
    }

    /** What comes of posting a JSON document. */
    public JsonNode post(String path, JsonNode content) {
        HttpRequest.Builder request = to(path).setHeader("Accept", "application/json")
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.line(content)));
        return document(send(request));
    }

    /** What comes of a removal that has something to say. */
    public JsonNode remove(String path) {
        return document(send(to(path).setHeader("Accept", "application/json").DELETE()));
    }

    public void delete(String path) {
        drop(to(path).DELETE());
    }

    /** Posts nothing, for what is answered with nothing. */
    public void post(String path) {
        drop(to(path).POST(BodyPublishers.noBody()));
    }

    private void drop(HttpRequest.Builder request) {
        try (InputStream in = send(request).body()) {
            in.readNBytes(MOST_PROBLEM_BYTES);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    private JsonNode document(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            byte[] content = in.readNBytes(MOST_JSON_BYTES + 1);
            if (content.length > MOST_JSON_BYTES) {
                throw notHansard("its answer is larger than 64MiB");
            }
            return Json.parse(content);
        } catch (IOException e) {
            throw brokenOff(e);
        }
    }

    /** What comes of posting nothing, to be read as it comes, however long it takes, and closed. */
    public InputStream postForStream(String path) {
        return send(to(path).POST(BodyPublishers.noBody())).body();
    }

    /** An answer with status 2xx, whose content the caller reads and closes. */
    public HttpResponse<InputStream> get(String path, Map<String, String> fields) {
        HttpRequest.Builder request = to(path).GET();
        fields.forEach(request::setHeader);
        return send(request);
    }

    private HttpRequest.Builder to(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(ANSWER);
        if (token != null) {
            request.setHeader("Authorization", "Bearer " + token.value().reveal());
        }
        if (reason != null) {
            request.setHeader(REASON, reason);
        }
        return request;
    }

    private HttpResponse<InputStream> send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = http.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() / 100 != 2) {
                throw refused(response);
            }
            return response;
        } catch (HttpTimeoutException _) {
            throw new CommandFailedException(
                    ExitCode.TIMED_OUT, base + " did not answer in time", "is it overloaded? try again");
        } catch (IOException _) {
            throw new CommandFailedException(
                    ExitCode.UNREACHABLE,
                    base + " cannot be reached",
                    "is `hansard serve` running? name another address with --admin or HANSARD_ADMIN");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailedException(ExitCode.TIMED_OUT, "interrupted", "");
        }
    }

    private CommandFailedException refused(HttpResponse<InputStream> response) {
        JsonNode problem = problem(response);
        String detail = Json.text(problem, "detail");
        String code = Json.text(problem, "code");
        String shown = detail.isEmpty() ? base + " answered " + response.statusCode() : detail;
        String message = code.isEmpty() ? shown : shown + " (" + code + ")";
        return switch (response.statusCode()) {
            case 400, 416, 422 -> CommandFailedException.usage(message, "");
            case 401 -> CommandFailedException.notAllowed(message, signIn());
            case 403 -> CommandFailedException.notAllowed(message, remedy(code));
            case 404, 410 -> new CommandFailedException(ExitCode.NOT_FOUND, message, listing(response.uri()));
            case 409 -> new CommandFailedException(ExitCode.ANSWER_IS_NO, message, conflict(code));
            case 408, 504 -> new CommandFailedException(ExitCode.TIMED_OUT, message, "try again");
            default -> new CommandFailedException(ExitCode.UNREACHABLE, message, "");
        };
    }

    private static String conflict(String code) {
        return switch (code) {
            case "clock_in_doubt" -> "see to the node's clock; when it is right, say `hansard retention trust-clock`";
            case "approval_changed" -> "`hansard approvals show` shows what it is now";
            case "session_held" -> "`hansard hold ls` lists the holds";
            default -> "";
        };
    }

    private String signIn() {
        if (token != null && token.isOfSignIn()) {
            return "your sign-in at " + base + " is over; `hansard login` signs in again";
        }
        return token == null
                ? "sign in with `hansard login`, or show a token with --token-file or HANSARD_TOKEN"
                : token.from() + " holds a token that " + base + " does not take: is it expired, revoked or another's?";
    }

    private static String remedy(String code) {
        return switch (code) {
            case "reason_required" -> "add --reason TEXT, or set HANSARD_REASON";
            case "sign_in_failed" -> "`hansard login` begins again";
            case "own_request", "not_a_reviewer", "not_a_person" -> "somebody else has to decide on it";
            case "second_person_required" -> "somebody else has to say `hansard hold rm` too";
            case "no_role" -> "whoever runs the node gives roles to groups under identity.roles";
            default -> "`hansard whoami` shows what you may do";
        };
    }

    private static String listing(URI asked) {
        String path = asked.getPath();
        if (path.startsWith("/api/v1/sign-ins")) {
            return "`hansard login` begins a sign-in, `hansard login --token-file FILE` takes a token or key";
        }
        if (path.startsWith("/api/v1/holds")) {
            return "`hansard hold ls` lists what there is";
        }
        if (path.startsWith("/api/v1/approvals")) {
            return "`hansard approvals ls --all` lists what there is";
        }
        return path.startsWith("/api/v1/keys")
                ? "`hansard keys ls` lists what there is"
                : "`hansard sessions ls` lists what there is";
    }

    private static JsonNode problem(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            return Json.parse(in.readNBytes(MOST_PROBLEM_BYTES));
        } catch (IOException _) {
            return MissingNode.getInstance(); // Not ours; the status says enough.
        }
    }

    /** The connection was lost in the middle of an answer, or the answer is not what this API gives. */
    public CommandFailedException brokenOff(IOException e) {
        return e instanceof JacksonException
                ? notHansard("its answer is not JSON")
                : new CommandFailedException(ExitCode.UNREACHABLE, base + " broke off its answer", "try again");
    }

    private CommandFailedException notHansard(String why) {
        return new CommandFailedException(
                ExitCode.UNREACHABLE, base + " is no admin plane of Hansard: " + why, "check --admin");
    }

    @Override
    public void close() {
        http.shutdownNow();
        http.close();
    }
}
