package dev.latchkey.sandbox.fhir;

import ca.uhn.fhir.batch2.jobs.config.Batch2JobsConfig;
import ca.uhn.fhir.broker.api.IBrokerClient;
import ca.uhn.fhir.broker.api.IChannelNamer;
import ca.uhn.fhir.broker.impl.LinkedBlockingBrokerClient;
import ca.uhn.fhir.jpa.api.config.ThreadPoolFactoryConfig;
import ca.uhn.fhir.jpa.batch2.JpaBatch2Config;
import ca.uhn.fhir.jpa.subscription.channel.impl.LinkedBlockingChannelFactory;
import ca.uhn.fhir.jpa.subscription.channel.impl.RetryPolicyProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/// HAPI's batch jobs, over in-memory channels.
///
/// HAPI's storage beans cannot be wired without the job coordinator, even where no job ever runs.
/// The channels usually come with HAPI's subscription module, which the sandbox leaves out.
@Configuration(proxyBeanMethods = false)
@Import({JpaBatch2Config.class, Batch2JobsConfig.class, ThreadPoolFactoryConfig.class})
class BatchJobs {

  @Bean
  IChannelNamer channelNamer() {
    return (name, settings) -> name;
  }

  @Bean
  RetryPolicyProvider retryPolicy() {
    return new RetryPolicyProvider();
  }

  @Bean
  LinkedBlockingChannelFactory channelFactory(IChannelNamer namer, RetryPolicyProvider retries) {
    return new LinkedBlockingChannelFactory(namer, retries);
  }

  @Bean
  IBrokerClient brokerClient(IChannelNamer namer) {
    return new LinkedBlockingBrokerClient(namer);
  }
}
