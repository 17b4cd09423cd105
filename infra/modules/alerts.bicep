// What somebody must hear of. The sweep writes one line of numbers every five minutes; the host carries it to the workspace, and these rules read it there.
// Each query gives rows only when somebody must hear of it.
param token string
param location string
param tags object
param workspaceName string
param email string

var lines = 'AppTraces | where Message startswith "{" | extend line = parse_json(Message)'
var rules = [
  {
    name: 'poison'
    title: 'A message was set aside: somebody must look at it'
    query: '${lines} | where toint(line.State.Poison) > 0'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'overdue'
    title: 'A promised call is overdue and nobody has tried'
    query: '${lines} | where toint(line.State.Overdue) > 0'
    severity: 2
    frequency: 'PT15M'
    window: 'PT30M'
  }
  {
    name: 'outbox'
    title: 'A letter has waited for more than ten minutes'
    query: '${lines} | where toint(line.State.OutboxOldestSeconds) > 600'
    severity: 1
    frequency: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'failures'
    title: 'Requests or triggers failed, or the program logged an error'
    query: 'union (AppRequests | where Success == false | project TimeGenerated), (${lines} | where tostring(line.LogLevel) in ("Error", "Critical") | project TimeGenerated)'
    severity: 2
    frequency: 'PT5M'
    window: 'PT15M'
  }
  {
    name: 'silence'
    title: 'The sweep has not run for an hour'
    query: '${lines} | where isnotnull(line.State.OutboxOldestSeconds) | summarize sweeps = count() | where sweeps == 0'
    severity: 1
    frequency: 'PT15M'
    window: 'PT1H'
  }
]

resource workspace 'Microsoft.OperationalInsights/workspaces@2023-09-01' existing = { name: workspaceName }

resource people 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'feedback'
    enabled: true
    emailReceivers: [{ name: 'operator', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource alerts 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for rule in rules: {
  name: 'feedbackflow-${rule.name}-${token}'
  location: location
  tags: tags
  kind: 'LogAlert'
  properties: {
    displayName: 'FeedbackFlow: ${rule.title}'
    severity: rule.severity
    enabled: true
    scopes: [workspace.id]
    evaluationFrequency: rule.frequency
    windowSize: rule.window
    criteria: {
      allOf: [
        {
          query: rule.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
        }
      ]
    }
    autoMitigate: true
    // The tables of a workspace that has received nothing yet are empty.
    skipQueryValidation: true
    actions: { actionGroups: [people.id] }
  }
}]
