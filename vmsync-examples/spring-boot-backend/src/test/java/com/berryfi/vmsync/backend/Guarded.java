package com.berryfi.vmsync.backend;

import org.springframework.context.annotation.Bean;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.csrf.CookieCsrfTokenRepository;
import org.springframework.security.web.csrf.CsrfTokenRequestAttributeHandler;

/** How a host guards the console: who is not signed in sees nothing, one role gives orders, and a token keeps forged requests out. */
class Guarded {

    static final String READER = "reader";
    static final String OPERATOR = "operator";
    static final String ROLE = "VM_OPERATOR";

    @Bean
    SecurityFilterChain guard(HttpSecurity http) throws Exception {
        CsrfTokenRequestAttributeHandler plain = new CsrfTokenRequestAttributeHandler();
        // The token is made with every request, so that the page finds its cookie.
        plain.setCsrfRequestAttributeName(null);
        return http.authorizeHttpRequests(request -> request.anyRequest().authenticated())
                .formLogin(Customizer.withDefaults())
                .httpBasic(Customizer.withDefaults())
                .csrf(csrf -> csrf.csrfTokenRepository(CookieCsrfTokenRepository.withHttpOnlyFalse())
                        .csrfTokenRequestHandler(plain))
                // That it works in no frame is the page's own doing, and is to be seen.
                .headers(headers -> headers.frameOptions(frame -> frame.disable()))
                .build();
    }

    /** Two, whose passwords are their names. */
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername(READER)
                        .password("{noop}" + READER)
                        .roles("USER")
                        .build(),
                User.withUsername(OPERATOR)
                        .password("{noop}" + OPERATOR)
                        .roles("USER", ROLE)
                        .build());
    }
}
