<#list dependencyMap as entry>
<#assign project = entry.getKey()/>
<#assign licences = entry.getValue()/>
<#if project.groupId != "com.berryfi.vmsync">
| `${project.groupId}:${project.artifactId}` | <#list licences as licence>${licence}<#if licence_has_next> or </#if></#list> |
</#if>
</#list>
