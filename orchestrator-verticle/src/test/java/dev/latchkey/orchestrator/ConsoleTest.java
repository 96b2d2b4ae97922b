// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator;

import static dev.latchkey.orchestrator.Realm.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType.LaunchOptions;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.latchkey.eventbus.SecureEventBus;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser, with a real orchestrator. Screenshots are kept in {@code target/console}. */
class ConsoleTest {
    private static final List<Path> BROWSERS = Stream.of(
                    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
            .map(Path::of)
            .toList();
    private static final Path SCREENSHOTS = Path.of("target", "console");
    private static final String POLICY = """
            version: 1
            trustDomain: shop.latchkey
            defaults: {tokenLifetime: 60s, rotationInterval: 60s, leaseDuration: 60s}
            breach: {count: 1, window: 60s, reporters: 1, action: quarantine, quarantineFor: 10m}
            operations:
              place_order: {addresses: [order.place]}
              charge_card: {addresses: [payment.charge]}
              reserve_stock: {addresses: [stock.reserve, stock.release]}
              send_mail: {addresses: [mail.send.*], mode: permissive}
              rate_risk: {addresses: [risk.rate]}
            services:
              storefront: {invokes: [place_order]}
              back-office: {invokes: [place_order, reserve_stock]}
              orders: {provides: [place_order], invokes: [charge_card, reserve_stock, send_mail]}
              payments: {provides: [charge_card], invokes: [rate_risk, send_mail]}
              warehouse: {provides: [reserve_stock]}
              risk: {provides: [rate_risk]}
              mailer: {provides: [send_mail]}
            """;

    private static Playwright playwright;
    private static Browser browser;
    private static String axe;

    @TempDir
    private Path folder;

    private final Realm realm = Realm.withPolicy(POLICY, Clock.systemUTC());
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private AdminSite site;
    private BrowserContext context;
    private Page page;
    private SecureEventBus storefront;

    @BeforeAll
    static void launch() throws IOException {
        Path chromium =
                BROWSERS.stream().filter(Files::isExecutable).findFirst().orElse(null);
        assumeTrue(chromium != null, "no Chromium is installed, so the console is not tried in one");
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        browser = playwright.chromium().launch(new LaunchOptions().setExecutablePath(chromium));
        try (InputStream in = Objects.requireNonNull(ConsoleTest.class.getResourceAsStream("/axe.min.js"))) {
            axe = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @AfterAll
    static void quit() {
        if (playwright != null) {
            playwright.close();
        }
    }

    @BeforeEach
    void open() {
        site = new AdminSite(realm, Vertx.vertx(), POLICY, folder);
        storefront = realm.join(site.vertx, "storefront");
        Stream.of("orders", "payments", "warehouse", "warehouse", "risk", "mailer")
                .forEach(service -> realm.join(site.vertx, service));
        context = browser.newContext(new Browser.NewContextOptions().setViewportSize(1440, 960));
        page = context.newPage();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") || message.type().equals("warning")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (!URI.create(request.url()).getAuthority().equals("127.0.0.1:" + site.port())) {
                complaints.add("a request to " + request.url());
            }
        });
        page.navigate(site.uri("/console").toString());
    }

    @AfterEach
    void close() {
        context.close();
        site.close();
    }

    private void signIn(String role) {
        page.getByLabel("Admin token").fill(realm.adminToken("tess", role));
        button("Sign in").click();
        page.getByText("live", new Page.GetByTextOptions().setExact(true)).waitFor();
    }

    private Locator button(String name) {
        return page.getByRole(
                AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name).setExact(true));
    }

    private Locator node(String name) {
        return page.locator("#map [data-key='" + name + "']");
    }

    private void view(String name) {
        page.getByRole(AriaRole.LINK, new Page.GetByRoleOptions().setName(name).setExact(true))
                .click();
        page.locator("#view-" + name.toLowerCase(Locale.ROOT)).waitFor();
    }

    private void shoot(String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SCREENSHOTS.resolve(name + ".png"))
                .setFullPage(true));
    }

    private void assertAccessible(String where) {
        // As code of the test and not of the page: the page's policy lets nothing else run.
        page.evaluate(axe);
        Object found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': ' +"
                + " v.nodes.map(n => n.html.slice(0, 200) + ' ' + n.failureSummary).join(' | '))");
        assertThat((List<?>) found).as(where).isEmpty();
    }

    /** In light and in dark. */
    private void look(String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            shoot(name + "-" + scheme.name().toLowerCase(Locale.ROOT));
            assertAccessible(name + " in " + scheme);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
    }

    @Test
    void service_appears_isRevokedByClicking_andLeavesTheMap() {
        signIn("operator");
        node("service storefront").waitFor();
        assertThat(node("service back-office").count()).isZero();
        realm.join(site.vertx, "back-office");
        node("service back-office").waitFor();
        node("service storefront").click();
        page.locator("#detail").getByText("Revoke service").click();
        shoot("confirm");
        assertAccessible("dialog");
        button("Cancel").click();
        assertThat(site.audited).isEmpty();
        page.locator("#detail").getByText("Revoke service").click();
        page.locator("#confirm-yes").click();
        node("service storefront").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.DETACHED));
        assertThat(node("service back-office").count()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(Realm.failure(storefront.request("order.place", "x")))
                .hasMessageContaining("revoked"));
        page.locator("#activity")
                .getByText("storefront " + storefront.instance() + " revoked")
                .waitFor();
        shoot("map-after");
        assertThat(complaints).isEmpty();
    }

    @Test
    void views_areAccessible_inLightAndDark_andNothingLeavesTheHost() {
        look("signin");
        signIn("admin");
        Realm.failure(SecureEventBus.join(
                site.vertx,
                realm.options("back-office").setService("risk").setCredential(() -> realm.credential("back-office"))));
        Realm.failure(SecureEventBus.join(site.vertx, realm.options("orders").setCredential(() -> "nonsense")));
        await(site.orchestrator.rotateNow(Set.of("charge_card")));
        page.locator("#activity").getByText("charge_card: epoch").waitFor();
        page.getByLabel("Show services without instances").check();
        node("operation charge_card").click();
        look("map");
        view("Instances");
        look("instances");
        view("Keys");
        look("keys");
        view("Refusals");
        page.locator("#quarantines table").waitFor();
        look("refusals");
        view("Policy");
        page.locator("#explain-service").selectOption("payments");
        page.locator("#explain-operation").selectOption("rate_risk");
        button("Explain").click();
        page.locator("#explained .verdict").waitFor();
        page.getByLabel("Policy, as YAML")
                .fill(POLICY.replace("invokes: [place_order]}", "invokes: [place_order, send_mail]}"));
        button("Try it").click();
        page.locator("#changes li").first().waitFor();
        look("policy");
        assertThat(page.evaluate(
                        "() => document.cookie + JSON.stringify(localStorage) + JSON.stringify(sessionStorage)"))
                .isEqualTo("{}{}");
        assertThat(complaints).isEmpty();
    }

    @Test
    void keys_rotateByKeyboardAlone() {
        signIn("operator");
        node("operation rate_risk").waitFor();
        node("operation rate_risk").focus();
        page.keyboard().press("Enter");
        page.locator("#detail").getByText("Replace keys now").focus();
        page.keyboard().press("Enter");
        // The dialog begins at what does nothing.
        assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("confirm-no");
        page.keyboard().press("Tab");
        page.keyboard().press("Enter");
        page.locator("#confirm").waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.HIDDEN));
        await().until(() -> site.get("/api/v1/operations")
                .objects()
                .anyMatch(operation ->
                        operation.getString("name").equals("rate_risk") && operation.getLong("activeEpoch") > 1));
        assertThat(complaints).isEmpty();
    }

    @Test
    void viewer_thatRevokes_isToldWhyNot() {
        signIn("viewer");
        node("service storefront").click();
        page.locator("#detail").getByText("Revoke service").click();
        page.locator("#confirm-yes").click();
        page.locator("#confirm-problem").getByText("it needs the role operator").waitFor();
        assertThat(node("service storefront").count()).isEqualTo(1);
    }

    @Test
    void badToken_isToldAtTheDoor() {
        page.getByLabel("Admin token").fill("nonsense");
        button("Sign in").click();
        page.locator("#signin-problem").getByText("the token is refused").waitFor();
        assertThat(page.locator("#app").isVisible()).isFalse();
    }
}
