/**
 * An adapter for a cloud of another maker, as an author would write one: {@code NimbusCloudStatus}, which maps, over {@code NimbusClient},
 * which calls.
 *
 * <p>Nimbus is invented; {@code NimbusSimulator} is its HTTP API. What an author maps, and where it stands here:
 *
 * <ol>
 *   <li><b>The scope.</b> What one credential reads at one go. Here the account is the {@code subscription}, and the tenant and the principal
 *       stay empty. The secret comes from a {@code ClientSecretSource} each time, and reaches no message.
 *   <li><b>The address.</b> What the host's row names: here zone and name. How two spellings compare is the adapter's to know; two rows that
 *       name one machine are both {@code DUPLICATE_ADDRESS}, an address that this cloud cannot have is {@code MALFORMED_ADDRESS}.
 *   <li><b>The power</b> ({@code powerOf}). Mind the two kinds of off: STOPPED is off and still costs, DEALLOCATED is off and costs nothing.
 *       A word that is absent or not known is {@code NO_POWER_STATE}, never off.
 *   <li><b>The change under way</b> ({@code provisioningOf}). A machine that is being built may say that it is off for a while. A cloud that
 *       does not tell of it is always {@code SUCCEEDED}.
 *   <li><b>Not found</b>. Only a direct read that is told of no such <i>machine</i> says {@code Missing}. That the account is not found says
 *       nothing of the machine: {@code SUBSCRIPTION_UNREADABLE}.
 *   <li><b>Failures</b> ({@code NimbusClient.causeOf}). Each becomes part of the answer. The adapter tries once; core retries, waits as long as
 *       {@code retryAfter} says, and gives a failing scope a rest.
 *   <li><b>Time.</b> The whole call, answers with their bodies, ends by {@code atMost}. Evidence bears {@code askedAt}; the adapter has no
 *       clock of its own.
 * </ol>
 *
 * <p>{@code NimbusCloudStatusContractTest} is the proof: the contract kit of {@code vmsync-testkit}, run against the simulator. An author
 * extends {@code CloudStatusPortContract} and gives it a {@code CloudWorld} that plants what each test asks for.
 */
@NullMarked
package com.berryfi.vmsync.customcloud;

import org.jspecify.annotations.NullMarked;
