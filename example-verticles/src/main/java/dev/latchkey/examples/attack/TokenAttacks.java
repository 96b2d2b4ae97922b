// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.examples.attack;

import static dev.latchkey.examples.attack.Attack.attack;
import static dev.latchkey.examples.attack.Attack.control;

import dev.latchkey.eventbus.crypto.Hkdf;
import dev.latchkey.eventbus.crypto.SecretBytes;
import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.eventbus.token.PublicJwk;
import dev.latchkey.eventbus.token.TokenGrant;
import dev.latchkey.eventbus.wire.Envelope;
import dev.latchkey.examples.node.NodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Tokens that the trust domain's own key signed, of which everything is right but one thing; and tokens that it did not sign. */
final class TokenAttacks implements Family {
    private static final String BAD_TOKEN = "BAD_TOKEN";
    private static final String OPERATION = "open_vault";

    private final Field field;
    private final Forge forge;

    TokenAttacks(Field field) {
        this.field = field;
        this.forge = field.forge();
    }

    @Override
    public String name() {
        return "token";
    }

    @Override
    public List<Attack> attacks() {
        return List.of(
                control("all is right", "signed by the true key", () -> ask(forge.papers(forge.grant()), "control")),
                with("expired", "ended a minute ago", "EXPIRED", () -> forge.papers(times(-120, -60))),
                with("not yet valid", "begins in a minute", "NOT_YET_VALID", () -> forge.papers(times(60, 120))),
                claim("another audience", "aud", "other.latchkey"),
                claim("another issuer", "iss", "other.latchkey"),
                claim("no expiry", "exp", null),
                claim("an expiry that is text", "exp", "never"),
                claim("an expiry beyond all years", "exp", 1e300),
                claim("another service", "sub", "vault"),
                claim("a longer life", "exp", System.currentTimeMillis() / 1000 + 86_400),
                with(
                        "scope widened by an address",
                        "adr with bank.pay, wrong scope MAC",
                        BAD_TOKEN,
                        () -> forge.claiming(c -> c.put("adr", new JsonArray().add("**")))),
                claim("another operation's name", "op", "pay"),
                with("a ticket of another token", "tkt swapped", BAD_TOKEN, () -> swapped("tkt")),
                with("an authentication MAC of another token", "am swapped", BAD_TOKEN, () -> swapped("am")),
                with("a scope MAC of another token", "sm swapped", BAD_TOKEN, () -> swapped("sm")),
                with("an epoch that is over", "ep 0", "STALE_EPOCH", () -> forge.papers(epoch(0))),
                with(
                        "an epoch to come",
                        "ep plus 1000",
                        "STALE_EPOCH",
                        () -> forge.papers(epoch(forge.epoch(OPERATION) + 1000))),
                with("alg none", "header none, no signature", BAD_TOKEN, () -> none("none")),
                with("alg None", "the same in another case", BAD_TOKEN, () -> none("nOnE")),
                with("alg HS256, public key as secret", "signed by an HMAC", BAD_TOKEN, this::hmac),
                header("alg RS256", "alg", "RS256"),
                header("the type of a credential", "typ", "latchkey-credential+jwt"),
                header("no type", "typ", null),
                header("an unknown kid", "kid", "0123456789abcdef"),
                header("a kid that is a path", "kid", "../../../../dev/null"),
                header("an empty kid", "kid", ""),
                header("a critical extension", "crit", new JsonArray().add("b64")),
                with(
                        "a key of the attacker's, the true kid",
                        "signed by another key",
                        BAD_TOKEN,
                        () -> signedByAnother(true)),
                with(
                        "a key of the attacker's, its own kid",
                        "signed by another key",
                        BAD_TOKEN,
                        () -> signedByAnother(false)),
                with("a key in the header", "jwk of the attacker's", BAD_TOKEN, this::ownKeyInside),
                with(
                        "longer than allowed",
                        "9000 characters",
                        BAD_TOKEN,
                        () -> forge.claiming(c -> c.put("x", "x".repeat(9000)))),
                attack(
                        "stolen, without its keys",
                        "a captured token over a frame of own keys",
                        "TAMPERED",
                        this::stolen));
    }

    private Attack with(String name, String tried, String expected, Supplier<Papers> papers) {
        return attack(name, tried, expected, () -> ask(papers.get(), "evil"));
    }

    private Attack claim(String name, String claim, @Nullable Object value) {
        return with(name, claim + " changed and signed anew", BAD_TOKEN, () -> forge.claiming(put(claim, value)));
    }

    private Attack header(String name, String member, @Nullable Object value) {
        return with(
                name,
                member + " of the header changed, signed anew",
                BAD_TOKEN,
                () -> forge.headed(put(member, value)));
    }

    private static UnaryOperator<JsonObject> put(String name, @Nullable Object value) {
        return json -> {
            json.remove(name);
            return value == null ? json : json.put(name, value);
        };
    }

    private Seen ask(Papers papers, String kind) throws NodeException {
        Envelope envelope = field.request(Field.OPEN);
        return field.ask(AttackNode.VAULT, envelope, papers.request(envelope, Contents.json(field.id(kind))));
    }

    private TokenGrant times(long from, long to) {
        TokenGrant grant = forge.grant();
        long now = grant.notBefore();
        return new TokenGrant(
                grant.id(),
                grant.service(),
                OPERATION,
                grant.addresses(),
                grant.epoch(),
                grant.timestamp(),
                now + from,
                now + to,
                List.of());
    }

    private TokenGrant epoch(long epoch) {
        TokenGrant grant = forge.grant();
        return new TokenGrant(
                grant.id(),
                grant.service(),
                OPERATION,
                grant.addresses(),
                epoch,
                grant.timestamp(),
                grant.notBefore(),
                grant.expires(),
                List.of());
    }

    private Papers swapped(String claim) {
        String other = Jwts.claims(forge.papers(forge.grant()).compact()).getString(claim);
        return forge.claiming(claims -> claims.put(claim, other));
    }

    private Papers none(String algorithm) {
        Papers papers = forge.papers(forge.grant());
        JsonObject header = Jwts.header(papers.compact()).put("alg", algorithm);
        return papers.showing(Jwts.input(header, Jwts.claims(papers.compact())) + ".");
    }

    private Papers hmac() {
        Papers papers = forge.papers(forge.grant());
        JsonObject header = Jwts.header(papers.compact()).put("alg", "HS256");
        String input = Jwts.input(header, Jwts.claims(papers.compact()));
        return papers.showing(input + "." + Jwts.encode(hmac(input)));
    }

    private byte[] hmac(String input) {
        // HKDF-Extract is HMAC-SHA256 of its input under the salt.
        return Hkdf.extract(forge.signing().verifyingKey().encoded(), input.getBytes(StandardCharsets.US_ASCII));
    }

    private Papers signedByAnother(boolean trueKid) {
        try (SigningKey own = SigningKey.generate()) {
            Papers papers = forge.papers(forge.grant());
            String kid = PublicJwk.keyId((trueKid ? forge.signing() : own).verifyingKey());
            return papers.showing(Jwts.withHeader(papers.compact(), header -> header.put("kid", kid), own));
        }
    }

    private Papers ownKeyInside() {
        try (SigningKey own = SigningKey.generate()) {
            JsonObject jwk = PublicJwk.of(own.verifyingKey());
            Papers papers = forge.papers(forge.grant());
            return papers.showing(Jwts.withHeader(papers.compact(), header -> header.put("jwk", jwk), own));
        }
    }

    /** The token rode along in the clear, as it may: nobody can do anything with it. */
    private Seen stolen() throws NodeException {
        Papers owner = forge.papers(forge.grant());
        ask(owner, "control");
        Papers thief = Papers.of(owner.compact(), SecretBytes.random(32));
        return ask(thief, "evil");
    }
}
