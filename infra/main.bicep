// Everything FeedbackFlow needs in one subscription, as a list. Each module is one family of resources; who may do what stands in roles.bicep alone.
targetScope = 'subscription'

@description('Short name of this environment, used in resource names: lower-case letters and digits.')
@minLength(2)
@maxLength(10)
param environmentName string

@description('Region of everything that has one. Language and storage keep customers\' words there.')
param location string

@description('Copies of the store: in three zones of the region, or in one where the region has no zones.')
@allowed(['Standard_ZRS', 'Standard_LRS'])
param redundancy string = 'Standard_ZRS'

@description('Where Communication Services keeps letters at rest: a geography such as Europe, Norway, Switzerland, UK, United States.')
param dataLocation string = 'Europe'

@description('What addresses in letters begin with, such as https://feedback.example.com. Empty: the function app\'s own address.')
param publicUrl string = ''

@description('Own domain that letters come from. Empty: a domain of Azure, which may send only a few letters an hour.')
param emailDomain string = ''

@description('True once the DNS records of the own domain are verified. Until then letters come from the domain of Azure.')
param emailDomainVerified bool = false

@description('Name before the @ of letters from the own domain.')
param emailSender string = 'service'

@description('Letters a minute that the service allows. 0: what it allows without a quota request.')
@minValue(0)
param emailPerMinute int = 0

@description('Letters an hour that the service allows. 0: what it allows without a quota request.')
@minValue(0)
param emailPerHour int = 0

@description('Mail server beside Communication Services. Empty: none. Its password is a secret of the vault, see README.')
param smtpHost string = ''

@description('Port of the mail server.')
@minValue(1)
@maxValue(65535)
param smtpPort int = 587

@description('Sender of letters through the mail server.')
param smtpFrom string = ''

@description('User at the mail server. Empty: it asks for none.')
param smtpUser string = ''

@description('Names of webhook secrets that are in the vault as webhook-NAME, with commas between, each letters and digits; source add --secret-setting NAME believes them.')
param vaultedWebhooks string = ''

@description('Which channel is tried first; over its quota the next one sends.')
@allowed(['email,smtp', 'smtp,email'])
param channels string = 'email,smtp'

@description('Account SID at Twilio for SMS and WhatsApp alerts. Empty: none. Its secret is a secret of the vault, see README.')
param textsAccount string = ''

@description('API key SID whose secret is in the vault. Empty: the secret is the account\'s own token.')
param textsUser string = ''

@description('Number in E.164 or messaging service that SMS come from. Empty: no SMS.')
param textsFrom string = ''

@description('Number in E.164 that WhatsApp messages come from. Empty: no WhatsApp.')
param textsWhatsAppFrom string = ''

@description('Content SID of the approved WhatsApp template.')
param textsWhatsAppTemplate string = ''

@description('Address of the region that keeps the messages, such as https://api.dublin.ie1.twilio.com. Empty: the United States.')
param textsEndpoint string = ''

@description('SMS and WhatsApp messages a minute at most: each costs money.')
@minValue(1)
param textsPerMinute int = 30

@description('SMS and WhatsApp messages an hour at most.')
@minValue(1)
param textsPerHour int = 200

@description('When AI Language reads along: for every feedback, only where the local reading is unsure, or never.')
@allowed(['always', 'cascade', 'never'])
param languageUse string = 'cascade'

@description('Who hears of alerts and of the budget. Empty: nobody, and there are neither.')
param alertEmail string = ''

@description('What a month may cost before somebody hears of it, in the currency of the subscription.')
@minValue(1)
param monthlyBudget int = 50

@description('First day of the month in which the budget began, such as 2026-11-01; an output says it, and a budget keeps it. Empty: this month.')
param budgetStart string = ''

@description('The first of this month. Leave it.')
param thisMonth string = utcNow('yyyy-MM-01')

@description('Instances that are always warm. 0: the first visitor after a pause waits for a start.')
@minValue(0)
param alwaysReady int = 0

@description('Most instances at a time.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 40

@description('Memory of an instance in MB.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 512

@description('Object id of whoever runs business add against this store. Empty: nobody but the program.')
param operatorPrincipalId string = ''

@description('What that is: a person, a group, or a pipeline.')
@allowed(['User', 'Group', 'ServicePrincipal'])
param operatorPrincipalType string = 'User'

@description('Where traces and metrics go by OTLP over HTTP, such as https://collector.example.com:4318. Empty: nowhere.')
param otlpEndpoint string = ''

var tags = { 'azd-env-name': environmentName }
var budgetBegan = empty(budgetStart) ? thisMonth : budgetStart
var token = toLower(uniqueString(subscription().id, environmentName, location))

resource group 'Microsoft.Resources/resourceGroups@2024-03-01' = {
  name: 'rg-feedbackflow-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  scope: group
  params: { name: 'id-${token}', location: location, tags: tags }
}

module monitoring 'modules/monitoring.bicep' = {
  scope: group
  params: { token: token, location: location, tags: tags }
}

module storage 'modules/storage.bicep' = {
  scope: group
  params: { name: 'st${take(token, 13)}', location: location, tags: tags, redundancy: redundancy }
}

module language 'modules/language.bicep' = {
  scope: group
  params: { name: 'lang-${token}', location: location, tags: tags }
}

module mail 'modules/mail.bicep' = {
  scope: group
  params: {
    token: token
    dataLocation: dataLocation
    ownDomain: emailDomain
    ownDomainVerified: emailDomainVerified
    senderName: emailSender
    tags: tags
  }
}

module vault 'modules/vault.bicep' = {
  scope: group
  params: { name: 'kv-${take(token, 13)}', location: location, tags: tags }
}

module roles 'modules/roles.bicep' = {
  scope: group
  params: {
    appPrincipalId: identity.outputs.principalId
    topicPrincipalId: mail.outputs.topicPrincipalId
    operatorPrincipalId: operatorPrincipalId
    operatorPrincipalType: operatorPrincipalType
    storageName: storage.outputs.name
    languageName: language.outputs.name
    communicationName: mail.outputs.communicationName
    insightsName: monitoring.outputs.insightsName
    vaultName: vault.outputs.name
  }
}

module delivery 'modules/delivery.bicep' = {
  scope: group
  params: { topicName: mail.outputs.topicName, storageName: storage.outputs.name, queueName: storage.outputs.reportsQueue }
  dependsOn: [roles]
}

module app 'modules/app.bicep' = {
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityName: identity.outputs.name
    storageName: storage.outputs.name
    packageContainer: storage.outputs.packageContainer
    insightsName: monitoring.outputs.insightsName
    vaultName: vault.outputs.name
    publicUrl: publicUrl
    languageEndpoint: languageUse == 'never' ? '' : language.outputs.endpoint
    languageUse: languageUse == 'never' ? '' : languageUse
    emailEndpoint: mail.outputs.endpoint
    emailFrom: mail.outputs.from
    emailPerMinute: emailPerMinute > 0 ? emailPerMinute : mail.outputs.perMinute
    emailPerHour: emailPerHour > 0 ? emailPerHour : mail.outputs.perHour
    smtpHost: smtpHost
    smtpPort: smtpPort
    smtpFrom: smtpFrom
    smtpUser: smtpUser
    vaultedWebhooks: filter(split(vaultedWebhooks, ','), name => !empty(name))
    channels: channels
    textsAccount: textsAccount
    textsUser: textsUser
    textsFrom: textsFrom
    textsWhatsAppFrom: textsWhatsAppFrom
    textsWhatsAppTemplate: textsWhatsAppTemplate
    textsEndpoint: textsEndpoint
    textsPerMinute: textsPerMinute
    textsPerHour: textsPerHour
    otlpEndpoint: otlpEndpoint
    alwaysReady: alwaysReady
    maximumInstanceCount: maximumInstanceCount
    instanceMemoryMB: instanceMemoryMB
  }
  dependsOn: [roles]
}

module alerts 'modules/alerts.bicep' = if (!empty(alertEmail)) {
  scope: group
  params: { token: token, location: location, tags: tags, workspaceName: monitoring.outputs.workspaceName, email: alertEmail }
}

module budget 'modules/budget.bicep' = if (!empty(alertEmail)) {
  scope: group
  params: { name: 'budget-${environmentName}', amount: monthlyBudget, start: budgetBegan, email: alertEmail }
}

output resourceGroupName string = group.name
output functionAppName string = app.outputs.name
output siteUrl string = app.outputs.publicUrl
output tablesEndpoint string = storage.outputs.tables
output queuesEndpoint string = storage.outputs.queues
output vaultName string = vault.outputs.name
output emailServiceName string = mail.outputs.emailServiceName
output budgetStart string = empty(alertEmail) ? '' : budgetBegan
