package com.berryfi.vmsync.testkit.contract;

import static com.berryfi.vmsync.testkit.Samples.SCOPE;
import static com.berryfi.vmsync.testkit.Samples.withStatus;
import static org.assertj.core.api.Assertions.assertThat;

import com.berryfi.vmsync.model.CloudAddress;
import com.berryfi.vmsync.model.ManagedVm;
import com.berryfi.vmsync.model.Scope;
import com.berryfi.vmsync.model.Session;
import com.berryfi.vmsync.model.SessionStatus;
import com.berryfi.vmsync.model.Vm;
import com.berryfi.vmsync.model.VmId;
import com.berryfi.vmsync.model.VmStatus;
import com.berryfi.vmsync.port.SessionStore;
import com.berryfi.vmsync.port.SessionStore.Page;
import com.berryfi.vmsync.port.SessionStore.Selection;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How rows are read, as a part of {@link SessionStoreContract}. */
abstract class SessionStoreReads extends StoreContract {

    @Test
    @Proves(value = "A host without VMs has no scopes and one empty page.", tier = Tier.SHOULD)
    void anEmptyHostHasNoScopes() {
        assertThat(store().scopes(Selection.ALL)).isEqualTo(new SessionStore.Scopes(List.of(), List.of()));
        assertThat(page(Selection.ALL, Optional.empty(), 10))
                .isEqualTo(new Page(List.of(), List.of(), Optional.empty()));
    }

    @Test
    @Proves("Each scope that has a VM of the selection is named, once, and no other.")
    void eachScopeIsNamedOnceAndOnlyWhereAVmIsSelected() {
        Scope other = new Scope("azure", "tenant-2", "", "sub-2");
        put(inUse("vm-1"));
        put(inUse("vm-2"));
        host().put(inScope(freeVm("vm-3"), other));

        assertThat(store().scopes(Selection.ALL).scopes()).containsExactlyInAnyOrder(SCOPE, other);
        assertThat(store().scopes(Selection.IN_USE).scopes()).containsExactly(SCOPE);
    }

    @Test
    @Proves("A page holds VMs of its scope alone.")
    void aPageHoldsItsScopeAlone() {
        Scope noPrincipal = new Scope("azure", "tenant-1", "", "sub-1");
        Scope otherTenant = new Scope("azure", "tenant-2", "client-1", "sub-1");
        host().put(freeVm("vm-1"));
        host().put(inScope(freeVm("vm-2"), noPrincipal));
        host().put(inScope(freeVm("vm-3"), otherTenant));

        assertThat(ids(SCOPE)).containsExactly("vm-1");
        assertThat(ids(noPrincipal)).containsExactly("vm-2");
        assertThat(ids(otherTenant)).containsExactly("vm-3");
        assertThat(ids(new Scope("elsewhere", "tenant-1", "client-1", "sub-1"))).isEmpty();
    }

    @Test
    @Proves("Scopes are compared exactly, with case and blanks, whatever the database's collation.")
    void scopesThatDifferInCaseOrBlanksAreDifferentScopes() {
        List<Scope> scopes = List.of(
                SCOPE,
                new Scope("azure", "TENANT-1", "client-1", "sub-1"),
                new Scope("azure", "tenant-1", "CLIENT-1", "sub-1"),
                new Scope("azure", "tenant-1", "client-1", "SUB-1"),
                new Scope("azure", "tenant-1", "client-1", "sub-1 "));
        for (int i = 0; i < scopes.size(); i++) {
            host().put(inScope(freeVm("vm-" + i), scopes.get(i)));
        }

        assertThat(store().scopes(Selection.ALL).scopes()).containsExactlyInAnyOrderElementsOf(scopes);
        for (int i = 0; i < scopes.size(); i++) {
            assertThat(ids(scopes.get(i))).containsExactly("vm-" + i);
        }
    }

    @Test
    @Proves("A VM and its session are read with all that the rules look at; one that is not there is nothing.")
    void rowsAreReadWhole() {
        Vm byId = new Vm(
                id("vm-2"),
                SCOPE,
                new CloudAddress("/subscriptions/sub-1/vm-2", "group-2", "machine"),
                VmStatus.ERROR,
                Optional.of(sessionId("gone")),
                Optional.empty());
        Session ending = new Session(
                sessionId("s-vm-2"),
                id("vm-2"),
                SessionStatus.TERMINATING,
                session("vm-2").startTime(),
                session("vm-2").startTime().map(start -> start.plusMillis(1234)));
        put(inUse("vm-1"));
        put(new ManagedVm(byId, Optional.of(ending)));

        assertThat(page(Selection.ALL, Optional.empty(), 10).vms())
                .containsExactly(inUse("vm-1"), new ManagedVm(byId, Optional.of(ending)));
        assertThat(store().find(id("vm-2"))).contains(new ManagedVm(byId, Optional.of(ending)));
        assertThat(store().find(id("vm-9"))).isEmpty();
    }

    @Test
    @Proves("A session is found by its key in each status.")
    void aSessionIsReadByItsOwnKeyWhetherItHasEndedOrNot() {
        for (SessionStatus status : SessionStatus.values()) {
            Session session = withStatus(session("vm-" + status), status);
            host().put(vm("vm-" + status));
            host().put(session);

            assertThat(store().session(session.id())).contains(session);
        }
        host().remove(id("vm-ACTIVE"));

        assertThat(store().session(sessionId("s-vm-ACTIVE")))
                .isEqualTo(host().sessionsHaveRows() ? Optional.of(session("vm-ACTIVE")) : Optional.empty());
        assertThat(store().session(sessionId("nobody"))).isEmpty();
    }

    @Test
    @Proves(value = "The last heartbeat is read, where the host has one.", tier = Tier.SHOULD)
    void theLastHeartbeatIsRead() {
        Session alive = alive(session("vm-1"), Instant.parse("2026-11-01T11:59:58.765Z"));
        put(new ManagedVm(vm("vm-1"), Optional.of(alive)));
        Optional<Instant> expected = host().readsHeartbeats() ? alive.lastHeartbeat() : Optional.empty();

        assertThat(store().find(id("vm-1")).flatMap(ManagedVm::session).flatMap(Session::lastHeartbeat))
                .isEqualTo(expected);
        assertThat(store().session(alive.id()).flatMap(Session::lastHeartbeat)).isEqualTo(expected);
    }

    @Test
    @Proves(
            "The sessions in use are those that are live or TERMINATING; a session that has ended is not its VM's any more.")
    void inUseMeansLiveOrTerminating() {
        for (SessionStatus status : SessionStatus.values()) {
            String vm = "vm-" + status;
            host().put(vm(vm));
            host().put(withStatus(session(vm), status));
        }
        host().put(freeVm("vm-free"));

        assertThat(page(Selection.IN_USE, Optional.empty(), 100).vms())
                .extracting(managed -> managed.session().orElseThrow().status())
                .containsExactlyInAnyOrder(
                        SessionStatus.REQUESTED,
                        SessionStatus.STARTING,
                        SessionStatus.ACTIVE,
                        SessionStatus.IDLE,
                        SessionStatus.TERMINATING);
        assertThat(page(Selection.ALL, Optional.empty(), 100).vms())
                .hasSize(SessionStatus.values().length + 1)
                .filteredOn(managed -> managed.session().isEmpty())
                .extracting(managed -> nameOf(managed.id()))
                .containsExactlyInAnyOrder("vm-COMPLETED", "vm-TERMINATED", "vm-FAILED", "vm-free");
    }

    @Test
    @Proves("Pages follow one another by key, until there are no more.")
    void pagesFollowTheKey() {
        List.of("vm-4", "vm-2", "vm-5", "vm-1", "vm-3").forEach(id -> host().put(freeVm(id)));

        Page first = page(Selection.ALL, Optional.empty(), 2);
        Page second = page(Selection.ALL, first.next(), 2);
        Page third = page(Selection.ALL, second.next(), 2);

        assertThat(ids(first)).containsExactly("vm-1", "vm-2");
        assertThat(ids(second)).containsExactly("vm-3", "vm-4");
        assertThat(ids(third)).containsExactly("vm-5");
        assertThat(third.next()).isEmpty();
    }

    @Test
    @Proves(value = "A page that is just full, and the last, says so.", tier = Tier.SHOULD)
    void aFullLastPageIsTheLast() {
        host().put(freeVm("vm-1"));
        host().put(freeVm("vm-2"));

        assertThat(page(Selection.ALL, Optional.empty(), 2).next()).isEmpty();
    }

    @Test
    @Proves("Rows that come and go between two pages hide no other row and repeat none.")
    void rowsThatComeAndGoBetweenPagesNeitherRepeatNorHideAnother() {
        List.of("vm-2", "vm-4", "vm-6", "vm-8").forEach(id -> host().put(freeVm(id)));
        Page first = page(Selection.ALL, Optional.empty(), 2);
        host().remove(id("vm-2"));
        host().remove(id("vm-4"));
        host().put(freeVm("vm-3"));
        host().put(freeVm("vm-5"));

        assertThat(ids(first)).containsExactly("vm-2", "vm-4");
        assertThat(ids(page(Selection.ALL, first.next(), 10))).containsExactly("vm-5", "vm-6", "vm-8");
    }

    final Page page(Selection selection, Optional<VmId> after, int limit) {
        return store().page(SCOPE, selection, after, limit);
    }

    final List<String> ids(Scope scope) {
        return ids(store().page(scope, Selection.ALL, Optional.empty(), 100));
    }

    final List<String> ids(Page page) {
        return page.vms().stream().map(managed -> nameOf(managed.id())).toList();
    }

    static Session alive(Session session, Instant at) {
        return new Session(
                session.id(), session.vm(), session.status(), session.startTime(), session.endTime(), Optional.of(at));
    }

    private static Vm inScope(Vm vm, Scope scope) {
        return new Vm(vm.id(), scope, vm.address(), vm.believed(), vm.currentSession(), vm.lastStarted());
    }
}
