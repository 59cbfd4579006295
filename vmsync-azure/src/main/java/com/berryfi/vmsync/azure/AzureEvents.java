package com.berryfi.vmsync.azure;

import com.azure.core.models.CloudEvent;
import com.berryfi.vmsync.model.VmId;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Turns events of Azure into hints: Event Grid's of a subscription or resource group
 * ({@code Microsoft.Resources.ResourceActionSuccess}, {@code …WriteSuccess}, {@code …DeleteSuccess} and their failures), its health and
 * maintenance notifications ({@code Microsoft.ResourceNotifications…}), and records of the activity log that a host passes on as
 * events. Thread-safe; blocks for as long as the two functions that it is given.
 *
 * <p>An event is never a fact. It may come late, twice, out of order, or from somebody who is not Azure; so nothing is believed of it but
 * that a machine is worth a look, which a read of Azure then takes. Its type, its time and the state that it tells of are not even read.
 *
 * <p>A machine is named by the event's subject, or else by {@code resourceUri}, {@code resourceId}, {@code resourceInfo.id} or
 * {@code resourceInfo.properties.targetResourceId} of its data; what belongs to a machine, an extension or a health status, names the
 * machine. Machines of scale sets are others.
 */
public final class AzureEvents {

    private static final int LONGEST_ID = 2_048;
    private static final String PART = "[^/\\\\?#%\\s\\p{Cntrl}]{1,100}";
    private static final Pattern MACHINE = Pattern.compile("(/subscriptions/" + PART + "/resourcegroups/" + PART
            + "/providers/microsoft\\.compute/virtualmachines/" + PART + ")(?:/.*)?");

    private final Function<String, Optional<VmId>> vmOf;
    private final Consumer<VmId> hint;
    private final LongAdder ignored = new LongAdder();

    private AzureEvents(Function<String, Optional<VmId>> vmOf, Consumer<VmId> hint) {
        this.vmOf = vmOf;
        this.hint = hint;
    }

    /**
     * What hands the hints of events on.
     *
     * @param vmOf the host's VM at a resource id, which comes in lower case:
     *     {@code /subscriptions/…/resourcegroups/…/providers/microsoft.compute/virtualmachines/…}; empty if that machine is not the host's
     * @param hint what is told of a VM worth a look, for example {@code vmSync::hint}
     * @return a receiver of events that is as safe for several threads as the two functions are
     */
    public static AzureEvents of(Function<String, Optional<VmId>> vmOf, Consumer<VmId> hint) {
        return new AzureEvents(vmOf, hint);
    }

    /**
     * Hands on the hint of an event. One that names no machine of the host's, or that cannot be understood, is counted and does nothing.
     * Throws nothing of its own: only what the two functions throw comes through, so that Event Grid delivers the event again.
     *
     * @param event also null, as a forged list of events may hold
     */
    public void accept(@Nullable CloudEvent event) {
        Optional<VmId> vm = Stream.ofNullable(event)
                .flatMap(AzureEvents::resourcesOf)
                .flatMap(resource -> machineOf(resource).stream())
                .findFirst()
                .flatMap(vmOf);
        if (vm.isPresent()) {
            hint.accept(vm.get());
        } else {
            ignored.increment();
        }
    }

    /**
     * Hands on the hints of events, in their order, as {@link #accept(CloudEvent)} does.
     *
     * @param events as they came; may be empty
     */
    public void accept(List<CloudEvent> events) {
        events.forEach(this::accept);
    }

    /** {@return how many events did nothing since this was made: those that named no machine, or none of the host's} */
    public long ignored() {
        return ignored.sum();
    }

    /** Lazily: the data are not looked at if the subject will do. */
    private static Stream<String> resourcesOf(CloudEvent event) {
        return Stream.<Stream<String>>of(
                        Stream.ofNullable(event.getSubject()),
                        Stream.ofNullable(event.getData()).flatMap(data -> EventData.resourcesIn(data).stream()))
                .flatMap(Function.identity());
    }

    private static Optional<String> machineOf(String resource) {
        if (resource.length() > LONGEST_ID) {
            return Optional.empty();
        }
        Matcher matcher = MACHINE.matcher(resource.toLowerCase(Locale.ROOT));
        return matcher.matches() ? Optional.of(Objects.requireNonNull(matcher.group(1))) : Optional.empty();
    }
}
