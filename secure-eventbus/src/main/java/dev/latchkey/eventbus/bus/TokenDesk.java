// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.bus;

import dev.latchkey.eventbus.DenialReason;
import dev.latchkey.eventbus.registration.PlainQuestion;
import dev.latchkey.eventbus.token.TokenId;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where an instance shows its tokens and grants claims, and where a provider asks for a token that it met by its id only, or
 * claims a request.
 *
 * <p>Over the plain bus, and with every orchestrator down: a token needs no secrecy, and its signature tells whether the
 * answer is true; a claim carries its own proof. Anyone in the cluster may answer falsely, so a provider asks more than once.
 */
final class TokenDesk {
    private static final String ADDRESS_PREFIX = "latchkey.tokens.";
    private static final int ATTEMPTS = 4;
    private static final long TIMEOUT_MILLIS = 1_500;
    private static final long CLAIM_TIMEOUT_MILLIS = 1_000;
    private static final int MAX_TOKEN_LENGTH = 8192;

    private final Vertx vertx;

    TokenDesk(Vertx vertx) {
        this.vertx = vertx;
    }

    /**
     * Answers for an instance until the consumer is unregistered.
     *
     * @param instance the instance's name
     * @param sessions finds the session of a token by its id
     */
    MessageConsumer<Object> open(String instance, Function<TokenId, @Nullable CallerSession> sessions) {
        return vertx.eventBus().consumer(ADDRESS_PREFIX + instance, question -> answer(question, sessions));
    }

    private static void answer(Message<Object> question, Function<TokenId, @Nullable CallerSession> sessions) {
        Buffer answer = question.body() instanceof Buffer asked ? answer(asked, sessions) : null;
        if (answer == null) {
            question.fail(DenialReason.UNKNOWN_TOKEN.code(), DenialReason.UNKNOWN_TOKEN.text());
        } else {
            question.reply(answer);
        }
    }

    private static @Nullable Buffer answer(Buffer asked, Function<TokenId, @Nullable CallerSession> sessions) {
        return switch (asked.length()) {
            case TokenId.LENGTH -> show(sessions.apply(TokenId.read(asked.getBytes(), 0)));
            case ClaimQuestion.LENGTH -> grant(ClaimQuestion.read(asked), sessions);
            default -> null;
        };
    }

    private static @Nullable Buffer show(@Nullable CallerSession session) {
        return session == null ? null : Buffer.buffer(session.token().compactBytes());
    }

    private static @Nullable Buffer grant(ClaimQuestion question, Function<TokenId, @Nullable CallerSession> sessions) {
        CallerSession session = sessions.apply(question.token());
        return session == null ? null : session.answer(question);
    }

    /** Asks the instance that a request is from to grant a claim; what it answers is not checked here. */
    Future<Buffer> claim(ClaimQuestion question) {
        return ask(question.token(), question.write(), CLAIM_TIMEOUT_MILLIS)
                .map(answer -> answer.body() instanceof Buffer proof ? proof : Buffer.buffer());
    }

    /**
     * Asks the instance that a token was issued to.
     *
     * @param accept takes a token's text, and fails for one that is not acceptable, at which the question is asked again
     */
    Future<Void> ask(TokenId id, Function<String, Future<Void>> accept) {
        return ask(id, accept, ATTEMPTS);
    }

    private Future<Void> ask(TokenId id, Function<String, Future<Void>> accept, int attempts) {
        return ask(id, question(id), TIMEOUT_MILLIS)
                .compose(answer -> text(answer).compose(accept))
                .recover(failure -> attempts > 1 ? ask(id, accept, attempts - 1) : Future.failedFuture(failure));
    }

    private static Buffer question(TokenId id) {
        byte[] bytes = new byte[TokenId.LENGTH];
        id.write(bytes, 0);
        return Buffer.buffer(bytes);
    }

    private Future<Message<Object>> ask(TokenId id, Buffer question, long timeoutMillis) {
        return PlainQuestion.ask(vertx, ADDRESS_PREFIX + id.instanceName(), question, timeoutMillis);
    }

    private static Future<String> text(Message<Object> answer) {
        return answer.body() instanceof Buffer token && token.length() <= MAX_TOKEN_LENGTH
                ? Future.succeededFuture(token.toString())
                : Future.failedFuture("not a token");
    }
}
