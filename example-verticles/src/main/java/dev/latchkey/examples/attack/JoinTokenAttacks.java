// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.orchestrator.credential.JoinToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Who holds a join token that is used, ended, or another's. Each registration comes with a seed of its own. */
final class JoinTokenAttacks implements Family {
    private static final String SPENT = "latchkey.spent";
    private static final String BAD_CREDENTIAL = "BAD_CREDENTIAL";
    private static final String ONE_IN = "ONE_IN";
    private static final String PREFIX = "lkj1.";
    private static final int AT_ONCE = 8;
    private static final Duration LIFETIME = Duration.ofMinutes(10);

    private final Field field;

    JoinTokenAttacks(Field field) {
        this.field = field;
    }

    @Override
    public String name() {
        return "join token";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control("unused", "the mole's, as it may", () -> register("mole", token(Clock.systemUTC()))),
                control("asked for again under the same seed", "as when an answer got lost", this::sameSeed),
                attack("used before", "by another instance of the mole", BAD_CREDENTIAL, this::again),
                attack("shown eight times at once", "each time under another seed", ONE_IN, this::atOnce),
                attack("used before, its mark deleted", "from the shared map", BAD_CREDENTIAL, this::unmarked),
                attack(
                        "another service's",
                        "the mole's, as the teller",
                        BAD_CREDENTIAL,
                        () -> register("teller", token(Clock.systemUTC()))),
                attack("expired", "signed by the deployer, ended long ago", BAD_CREDENTIAL, () -> off(-6)),
                attack("not yet valid", "signed by the deployer, begins in an hour", BAD_CREDENTIAL, () -> off(6)),
                attack("a longer life", "an expiry in two hours, signed by the deployer", BAD_CREDENTIAL, this::longer),
                attack("another end", "an expiry in an hour, signed by somebody else", BAD_CREDENTIAL, this::resigned));
    }

    private String token(Clock clock) {
        return JoinToken.issue(field.forge().deployer(), Forge.DEPLOYER, Forge.DOMAIN, "mole", clock, LIFETIME);
    }

    private Seen register(String service, String token) throws NodeException {
        return field.insider().outcome(Insider.question(RegistrationKind.REGISTER, service, token, ""));
    }

    private String used() throws NodeException {
        String token = token(Clock.systemUTC());
        field.insider().join("mole", token);
        return token;
    }

    private Seen again() throws NodeException {
        return register("mole", used());
    }

    private Seen unmarked() throws NodeException {
        String token = used();
        JsonArray marks =
                field.attacker("keys", new JsonObject().put("map", SPENT)).getJsonArray("keys");
        if (marks.isEmpty()) {
            throw new NodeException("the map " + SPENT + " has no mark of a join token that was used");
        }
        for (Object mark : marks) {
            field.attacker("remove", new JsonObject().put("map", SPENT).put("key", mark));
        }
        return register("mole", token);
    }

    /** So many lifetimes from now. */
    private Seen off(int lifetimes) throws NodeException {
        return register("mole", token(Clock.offset(Clock.systemUTC(), LIFETIME.multipliedBy(lifetimes))));
    }

    private Seen sameSeed() throws NodeException {
        Registration registration = Insider.question(RegistrationKind.REGISTER, "mole", token(Clock.systemUTC()), "");
        Seen first = field.insider().outcome(registration);
        return first.reason().equals(Attack.ACCEPTED) ? field.insider().outcome(registration) : first;
    }

    /** However many ask, and in whatever order they are heard, one is let in. */
    private Seen atOnce() throws NodeException {
        String token = token(Clock.systemUTC());
        List<Question> questions = new ArrayList<>();
        List<CompletableFuture<JsonObject>> answers = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            Question question = field.insider().seal(Insider.question(RegistrationKind.REGISTER, "mole", token, ""));
            questions.add(question);
            answers.add(field.insider().begin(question.sealed()));
        }
        int in = 0;
        for (int i = 0; i < AT_ONCE; i++) {
            in += isIn(questions.get(i), answers.get(i)) ? 1 : 0;
        }
        return Seen.told(in == 1 ? ONE_IN : in + "_IN");
    }

    private boolean isIn(Question question, CompletableFuture<JsonObject> answer) throws NodeException {
        try (question) {
            Answer opened = field.insider().opened(question, field.insider().end(answer));
            return Insider.outcome(opened).reason().equals(Attack.ACCEPTED);
        }
    }

    private Seen longer() throws NodeException {
        return register("mole", ending(Duration.ofHours(2), field.forge().deployer()));
    }

    private Seen resigned() throws NodeException {
        try (SigningKey own = SigningKey.generate()) {
            return register("mole", ending(Duration.ofHours(1), own));
        }
    }

    /** A token of which only the end is another, signed anew. */
    private String ending(Duration fromNow, SigningKey key) {
        String jwt = token(Clock.systemUTC()).substring(PREFIX.length());
        long end = System.currentTimeMillis() / 1000 + fromNow.toSeconds();
        return PREFIX + Jwts.withClaims(jwt, claims -> claims.put("exp", end), key);
    }
}
