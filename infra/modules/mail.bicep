// Communication Services e-mail: a domain of Azure at once, an own domain once its DNS records are verified. What became of letters is told by Event Grid.
param token string
param dataLocation string
param ownDomain string
param ownDomainVerified bool
param senderName string
param tags object

var ownSends = !empty(ownDomain) && ownDomainVerified
// A resource that is not deployed still needs a name that is one.
var ownName = empty(ownDomain) ? 'unused.invalid' : ownDomain
var ownId = resourceId('Microsoft.Communication/emailServices/domains', email.name, ownName)

resource email 'Microsoft.Communication/emailServices@2023-04-01' = {
  name: 'email-${token}'
  location: 'global'
  tags: tags
  properties: { dataLocation: dataLocation }
}

resource azureDomain 'Microsoft.Communication/emailServices/domains@2023-04-01' = {
  parent: email
  name: 'AzureManagedDomain'
  location: 'global'
  tags: tags
  properties: { domainManagement: 'AzureManaged', userEngagementTracking: 'Disabled' }
}

resource own 'Microsoft.Communication/emailServices/domains@2023-04-01' = if (!empty(ownDomain)) {
  parent: email
  name: ownName
  location: 'global'
  tags: tags
  properties: { domainManagement: 'CustomerManaged', userEngagementTracking: 'Disabled' }
}

resource sender 'Microsoft.Communication/emailServices/domains/senderUsernames@2023-04-01' = if (ownSends) {
  parent: own
  name: senderName
  properties: { username: senderName, displayName: 'FeedbackFlow' }
}

resource communication 'Microsoft.Communication/communicationServices@2023-04-01' = {
  name: 'acs-${token}'
  location: 'global'
  tags: tags
  properties: {
    dataLocation: dataLocation
    linkedDomains: ownSends ? [azureDomain.id, ownId] : [azureDomain.id]
  }
  dependsOn: [own]
}

resource topic 'Microsoft.EventGrid/systemTopics@2025-02-15' = {
  name: 'evgt-${token}'
  location: 'global'
  tags: tags
  properties: {
    source: communication.id
    topicType: 'Microsoft.Communication.CommunicationServices'
  }
  identity: { type: 'SystemAssigned' }
}

output communicationName string = communication.name
output emailServiceName string = email.name
output topicName string = topic.name
output topicPrincipalId string = topic.identity.principalId
output endpoint string = 'https://${communication.properties.hostName}'
output from string = ownSends ? '${senderName}@${ownDomain}' : 'DoNotReply@${azureDomain.properties.mailFromSenderDomain}'
// What is allowed without a quota request.
output perMinute int = ownSends ? 30 : 5
output perHour int = ownSends ? 100 : 10
