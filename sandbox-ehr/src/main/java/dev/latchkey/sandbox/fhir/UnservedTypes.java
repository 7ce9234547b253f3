package dev.latchkey.sandbox.fhir;

import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;

/// Forgets HAPI's beans for resource types that are not stored, before they are made.
///
/// HAPI defines a storage bean and a provider bean for each of its 146 types; the ones that are
/// never used would cost start-up time and memory.
final class UnservedTypes implements BeanDefinitionRegistryPostProcessor {

  /// As in HAPI's generated configuration: myPatientDaoR4, myPatientRpR4.
  private static final Pattern OF_ONE_TYPE = Pattern.compile("my(\\w+)(?:Dao|Rp)R4");

  private static final String SYSTEM_DAO = "mySystemDaoR4";

  @Override
  public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
    Set<String> stored = ServedResourceTypes.stored();
    for (String bean : registry.getBeanDefinitionNames()) {
      var match = OF_ONE_TYPE.matcher(bean);
      if (match.matches() && !bean.equals(SYSTEM_DAO) && !stored.contains(match.group(1))) {
        registry.removeBeanDefinition(bean);
      }
    }
  }

  @Override
  public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {}
}
