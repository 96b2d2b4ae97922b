// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.orchestrator.credential.JoinToken;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Who holds a join token that is used, ended, or another's. Each registration comes with a seed of its own. */
final class JoinTokenAttacks implements Family {
    private static final String SPENT = "latchkey.spent";
    private static final String BAD_CREDENTIAL = "BAD_CREDENTIAL";
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
                attack("used before", "by another instance of the mole", BAD_CREDENTIAL, this::again),
                attack("used before, its mark deleted", "from the shared map", BAD_CREDENTIAL, this::unmarked),
                attack(
                        "another service's",
                        "the mole's, as the teller",
                        BAD_CREDENTIAL,
                        () -> register("teller", token(Clock.systemUTC()))),
                attack("expired", "signed by the deployer, ended long ago", BAD_CREDENTIAL, this::expired));
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

    private Seen expired() throws NodeException {
        return register("mole", token(Clock.offset(Clock.systemUTC(), LIFETIME.multipliedBy(-6))));
    }
}
