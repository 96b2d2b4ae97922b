// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.registration.Answer;
import dev.latchkey.eventbus.registration.Question;
import dev.latchkey.eventbus.registration.Registration;
import dev.latchkey.eventbus.registration.RegistrationKind;
import dev.latchkey.eventbus.registration.RegistrationWire;
import dev.latchkey.examples.node.NodeException;
import dev.latchkey.orchestrator.credential.DeployerJwt;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Who asks for a lease that is not its own, or in a way that it must not. */
final class RegistrationAttacks implements Family {
    private static final String BAD_CREDENTIAL = "BAD_CREDENTIAL";
    private static final String BAD_REGISTRATION = "BAD_REGISTRATION";
    private static final String NOT_ALLOWED = "NOT_ALLOWED";
    private static final Duration HOUR = Duration.ofHours(1);

    private final Field field;
    private final Insider insider;

    RegistrationAttacks(Field field) {
        this.field = field;
        this.insider = field.insider();
    }

    @Override
    public String name() {
        return "registration";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control(
                        "with its own credential",
                        "the mole, as it may",
                        () -> register("mole", field.forge().credential("mole"))),
                attack("without a credential", "an empty one", BAD_CREDENTIAL, () -> register("teller", "")),
                attack(
                        "with another service's credential",
                        "the mole's, as the teller",
                        BAD_CREDENTIAL,
                        () -> register("teller", field.forge().credential("mole"))),
                attack(
                        "with an expired credential",
                        "signed by the deployer, ended an hour ago",
                        BAD_CREDENTIAL,
                        this::expired),
                attack("with a credential of another key", "signed by the attacker", BAD_CREDENTIAL, this::otherKey),
                attack("with a Service Token as credential", "the mole's own", BAD_CREDENTIAL, this::tokenAsCredential),
                attack(
                        "as a service that policy does not know",
                        "signed by the deployer",
                        "UNKNOWN_SERVICE",
                        this::unknownService),
                attack(
                        "declares to provide too much",
                        "the mole, to provide pay",
                        NOT_ALLOWED,
                        () -> declares(Set.of("pay"), Set.of())),
                attack(
                        "declares to invoke too much",
                        "the mole, to invoke pay",
                        NOT_ALLOWED,
                        () -> declares(Set.of(), Set.of("pay"))),
                attack("a registration replayed", "the mole's own question, twice", BAD_REGISTRATION, this::replayed),
                attack(
                        "a registration of two minutes ago",
                        "sealed as it should be",
                        BAD_REGISTRATION,
                        () -> off(-120_000)),
                attack("a registration of the future", "sealed as it should be", BAD_REGISTRATION, () -> off(120_000)),
                attack(
                        "renews another's lease",
                        "the mole, with its own seed",
                        "UNKNOWN_LEASE",
                        () -> another(RegistrationKind.RENEW)),
                attack(
                        "ends another's lease",
                        "the mole, with its own seed",
                        "UNKNOWN_LEASE",
                        () -> another(RegistrationKind.LEAVE)),
                attack(
                        "one seed for two instances",
                        "the mole, twice; keys must differ",
                        "KEYS_DIFFER",
                        this::seedTwice),
                attack(
                        "a question of garbage",
                        "a kilobyte of it",
                        BAD_REGISTRATION,
                        () -> raw(SecretBytes.random(1024).copy())),
                attack("a question too long", "17 KiB", BAD_REGISTRATION, () -> raw(new byte[17 * 1024])),
                attack(
                        "a question sealed for another realm",
                        "right key, other trust domain",
                        BAD_REGISTRATION,
                        this::otherRealm),
                attack(
                        "a false orchestrator",
                        "registers its address, answers garbage",
                        "JOINED",
                        this::falseOrchestrator));
    }

    private Seen register(String service, String credential) throws NodeException {
        return insider.outcome(Insider.question(RegistrationKind.REGISTER, service, credential, ""));
    }

    private String issue(SigningKey key, String service, Clock clock) {
        return DeployerJwt.issue(key, Forge.DEPLOYER, Forge.DOMAIN, service, clock, HOUR);
    }

    private Seen expired() throws NodeException {
        Clock clock = Clock.offset(Clock.systemUTC(), HOUR.multipliedBy(-2));
        return register("mole", issue(field.forge().deployer(), "mole", clock));
    }

    private Seen otherKey() throws NodeException {
        try (SigningKey own = SigningKey.generate()) {
            return register("teller", issue(own, "teller", Clock.systemUTC()));
        }
    }

    private Seen tokenAsCredential() throws NodeException {
        return register("mole", field.mole().papers("open_vault").compact());
    }

    private Seen unknownService() throws NodeException {
        return register("ghost", issue(field.forge().deployer(), "ghost", Clock.systemUTC()));
    }

    private Seen declares(Set<String> provides, Set<String> invokes) throws NodeException {
        return insider.outcome(new Registration(
                RegistrationKind.REGISTER,
                System.currentTimeMillis(),
                "mole",
                field.forge().credential("mole"),
                "",
                provides,
                invokes,
                SecretBytes.random(Registration.SEED_LENGTH)));
    }

    private Registration mole(long sentAt, SecretBytes seed) throws NodeException {
        return new Registration(
                RegistrationKind.REGISTER,
                sentAt,
                "mole",
                field.forge().credential("mole"),
                "",
                Set.of(),
                Set.of(),
                seed);
    }

    private Seen off(long millis) throws NodeException {
        return insider.outcome(mole(System.currentTimeMillis() + millis, SecretBytes.random(Registration.SEED_LENGTH)));
    }

    private Seen replayed() throws NodeException {
        Registration registration = Insider.question(
                RegistrationKind.REGISTER, "mole", field.forge().credential("mole"), "");
        try (Question question = insider.seal(registration)) {
            insider.opened(question, insider.send(question.sealed()));
            return Insider.outcome(insider.opened(question, insider.send(question.sealed())));
        }
    }

    private Seen another(RegistrationKind kind) throws NodeException {
        String victim = field.mole().granted().instance();
        return insider.outcome(Insider.question(kind, "mole", field.forge().credential("mole"), victim));
    }

    /** Two tokens of one seed, operation and timestamp would have the same keys. */
    private Seen seedTwice() throws NodeException {
        SecretBytes seed = SecretBytes.random(Registration.SEED_LENGTH);
        long first = timestamp(insider.ask(mole(System.currentTimeMillis(), seed)));
        long second = timestamp(insider.ask(mole(System.currentTimeMillis(), seed)));
        return Seen.told(second > first ? "KEYS_DIFFER" : "SAME_KEYS");
    }

    private static long timestamp(Answer answer) {
        return answer instanceof Answer.Granted granted
                ? Jwts.claims(granted.tokens().get(0)).getLong("ts")
                : 0;
    }

    private Seen raw(byte[] question) throws NodeException {
        return Field.seen(field.attacker(
                "request",
                new JsonObject().put("address", RegistrationWire.ADDRESS).put("bytes", question)));
    }

    private Seen otherRealm() throws NodeException {
        Registration registration = Insider.question(
                RegistrationKind.REGISTER, "mole", field.forge().credential("mole"), "");
        try (Question question =
                Question.seal(registration, field.forge().trust().registrationKey(), "other.latchkey")) {
            return raw(question.sealed().getBytes());
        }
    }

    /** Every other question comes to the attacker; whoever joins asks again until somebody answers who can read it. */
    private Seen falseOrchestrator() throws NodeException {
        field.attacker(
                "listen",
                new JsonObject().put("address", RegistrationWire.ADDRESS).put("answer", new byte[64]));
        String joined = "";
        for (int i = 0; i < 4 && !joined.startsWith("FAILED"); i++) {
            joined = field.tell(AttackNode.TELLER, "joinAnew", new JsonObject()).getString("reason");
        }
        field.attacker("deafen", new JsonObject().put("address", RegistrationWire.ADDRESS));
        byte[] heard = field.heard();
        return Seen.told(Buffer.buffer(heard).length() > 0 ? joined : "NOTHING_HEARD", heard);
    }
}
